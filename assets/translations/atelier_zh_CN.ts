<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>AddOnsField</name>
    <message>
      <source>Add an add-on</source>
      <translation>添加附加模型</translation>
    </message>
    <message>
      <source>Add-on…</source>
      <translation>附加模型…</translation>
    </message>
    <message>
      <source>How much it counts; below 0 the other way</source>
      <translation>作用强度；小于 0 为反方向</translation>
    </message>
    <message>
      <source>Leave it out</source>
      <translation>去掉它</translation>
    </message>
    <message>
      <source>Leave {name} out</source>
      <translation>去掉 {name}</translation>
    </message>
    <message>
      <source>LoRAs that you brought; each changes what the model paints</source>
      <translation>你导入的 LoRA；每个都会改变模型的画法</translation>
    </message>
    <message>
      <source>None here yet: drop a LoRA on the window</source>
      <translation>还没有：把 LoRA 拖到窗口里</translation>
    </message>
  </context>
  <context>
    <name>Attempts</name>
    <message>
      <source>Attempts</source>
      <translation>尝试</translation>
    </message>
    <message>
      <source>How many to make, each with a seed of its own</source>
      <translation>做几个，每个各有自己的种子</translation>
    </message>
  </context>
  <context>
    <name>AxisRow</name>
    <message>
      <source>Nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <source>With commas between them; with | where a value has commas of its own</source>
      <translation>用逗号隔开；值里有逗号时用 | 隔开</translation>
    </message>
    <message>
      <source>{side}: values</source>
      <translation>{side}：取值</translation>
    </message>
  </context>
  <context>
    <name>BatchDesk</name>
    <message>
      <source>1 result could not be written.</source>
      <translation>有 1 个成品未能写入。</translation>
    </message>
    <message>
      <source>Copy the report</source>
      <translation>复制报告</translation>
    </message>
    <message>
      <source>First say what to do.</source>
      <translation>请先说明要做什么。</translation>
    </message>
    <message>
      <source>First something for: {role}.</source>
      <translation>请先为“{role}”放入内容。</translation>
    </message>
    <message>
      <source>Forget it</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Show the folder</source>
      <translation>显示文件夹</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The batch of {folder} is not finished.</source>
      <translation>{folder} 的批处理还没完成。</translation>
    </message>
    <message>
      <source>They are in the project.</source>
      <translation>它们在项目里。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Watching {folder}.</source>
      <translation>正在留意 {folder}。</translation>
    </message>
    <message>
      <source>Working through {folder}.</source>
      <translation>正在处理 {folder}。</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>还有 {count} 个</translation>
    </message>
    <message>
      <source>{count} done</source>
      <translation>完成 {count} 个</translation>
    </message>
    <message>
      <source>{count} failed</source>
      <translation>失败 {count} 个</translation>
    </message>
    <message>
      <source>{count} results could not be written.</source>
      <translation>有 {count} 个成品未能写入。</translation>
    </message>
    <message>
      <source>{count} there already</source>
      <translation>已有 {count} 个</translation>
    </message>
    <message>
      <source>{ended} of {count}</source>
      <translation>{ended} / {count}</translation>
    </message>
  </context>
  <context>
    <name>BatchDialog</name>
    <message>
      <source>A name can hold {fields}.</source>
      <translation>名称里可以用 {fields}。</translation>
    </message>
    <message>
      <source>As the result is called</source>
      <translation>按成品的名称</translation>
    </message>
    <message>
      <source>Can hold {fields}</source>
      <translation>可以用 {fields}</translation>
    </message>
    <message>
      <source>Choose a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Folders inside it too, kept as they are</source>
      <translation>包括其中的子文件夹，结构不变</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名字</translation>
    </message>
    <message>
      <source>Pictures from</source>
      <translation>图片来自</translation>
    </message>
    <message>
      <source>Results into</source>
      <translation>成品存到</translation>
    </message>
    <message>
      <source>Say where the results go.</source>
      <translation>请指定成品存放的位置。</translation>
    </message>
    <message>
      <source>Skip what is done already</source>
      <translation>跳过已完成的</translation>
    </message>
    <message>
      <source>There is no such folder.</source>
      <translation>没有这个文件夹。</translation>
    </message>
    <message>
      <source>Wait for more pictures in this folder</source>
      <translation>继续等待这个文件夹里的新图片</translation>
    </message>
    <message>
      <source>{panel}: a whole folder</source>
      <translation>{panel}：整个文件夹</translation>
    </message>
    <message>
      <source>{pictures} there now.</source>
      <translation>现有 {pictures}。</translation>
    </message>
  </context>
  <context>
    <name>BatchRun</name>
    <message>
      <source>It was stopped.</source>
      <translation>已停止。</translation>
    </message>
  </context>
  <context>
    <name>Bench</name>
    <message>
      <source>8 × 8 pictures around here</source>
      <translation>这附近的 8 × 8 张图片</translation>
    </message>
    <message>
      <source>First a picture to start from, then its mask.</source>
      <translation>先放入起始图片，再画蒙版。</translation>
    </message>
    <message>
      <source>Paint a mask</source>
      <translation>涂蒙版</translation>
    </message>
    <message>
      <source>Paint beyond the edges</source>
      <translation>向边缘外绘制</translation>
    </message>
    <message>
      <source>Playground</source>
      <translation>游乐场</translation>
    </message>
    <message>
      <source>Sheet of pictures</source>
      <translation>图片对照表</translation>
    </message>
    <message>
      <source>Taken over: {settings}</source>
      <translation>已采用：{settings}</translation>
    </message>
    <message>
      <source>Variations and playground</source>
      <translation>变体与游乐场</translation>
    </message>
    <message>
      <source>Vary far</source>
      <translation>远变体</translation>
    </message>
    <message>
      <source>Vary near</source>
      <translation>近变体</translation>
    </message>
  </context>
  <context>
    <name>Borrowing</name>
    <message>
      <source>Not here: {names}.</source>
      <translation>这里没有：{names}。</translation>
    </message>
    <message>
      <source>There is no such setting: {names}.</source>
      <translation>没有这样的设置：{names}。</translation>
    </message>
  </context>
  <context>
    <name>BottomLine</name>
    <message>
      <source>1 word</source>
      <translation>1 词</translation>
    </message>
    <message>
      <source>About {shown} tokens of the text, {fixed} of memory, cards and note, and room for {length} new ones, of {context} that this model sees at once.</source>
      <translation>这个模型一次能看 {context} 个词元：正文约 {shown} 个，记忆、卡片和旁注 {fixed} 个，另留 {length} 个给新写的。</translation>
    </message>
    <message>
      <source>Chat</source>
      <translation>对话</translation>
    </message>
    <message>
      <source>Dim all but the paragraph one writes (Ctrl+Shift+F)</source>
      <translation>除正在写的段落外全部变淡（Ctrl+Shift+F）</translation>
    </message>
    <message>
      <source>Focus</source>
      <translation>专注</translation>
    </message>
    <message>
      <source>Mark what the model wrote, and what you changed of it (Ctrl+Shift+G)</source>
      <translation>标出模型写的，以及你改过的（Ctrl+Shift+G）</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>No goal</source>
      <translation>不设目标</translation>
    </message>
    <message>
      <source>Open, keep a version, export</source>
      <translation>打开、留存版本、导出</translation>
    </message>
    <message>
      <source>Outline</source>
      <translation>大纲</translation>
    </message>
    <message>
      <source>Talk with the model about the page (Ctrl+Shift+C)</source>
      <translation>和模型谈谈这一页（Ctrl+Shift+C）</translation>
    </message>
    <message>
      <source>The headings of the page (Ctrl+Shift+H)</source>
      <translation>这一页的标题（Ctrl+Shift+H）</translation>
    </message>
    <message>
      <source>Who wrote what</source>
      <translation>谁写了什么</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>字数</translation>
    </message>
    <message>
      <source>Words and reading time; press to set a goal</source>
      <translation>字数和阅读时间；点按可设目标</translation>
    </message>
    <message>
      <source>the model sees all of it</source>
      <translation>模型看得到全文</translation>
    </message>
    <message>
      <source>the model sees the end of it</source>
      <translation>模型只看得到结尾部分</translation>
    </message>
    <message>
      <source>under 1 min to read</source>
      <translation>阅读不到 1 分钟</translation>
    </message>
    <message>
      <source>{goal} words</source>
      <translation>{goal} 词</translation>
    </message>
    <message>
      <source>{hours} h to read</source>
      <translation>阅读约 {hours} 小时</translation>
    </message>
    <message>
      <source>{minutes} min to read</source>
      <translation>阅读约 {minutes} 分钟</translation>
    </message>
    <message>
      <source>{seen}  ·  {share} % full</source>
      <translation>{seen}  ·  已用 {share} %</translation>
    </message>
    <message>
      <source>{selected} of {words} words</source>
      <translation>{selected} / {words} 词</translation>
    </message>
    <message>
      <source>{words} of {goal} words</source>
      <translation>{words} / {goal} 词</translation>
    </message>
    <message>
      <source>{words} words</source>
      <translation>{words} 词</translation>
    </message>
  </context>
  <context>
    <name>Bubble</name>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>You</source>
      <translation>你</translation>
    </message>
  </context>
  <context>
    <name>Canvas</name>
    <message>
      <source>After</source>
      <translation>之后</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>之前</translation>
    </message>
    <message>
      <source>Canvas</source>
      <translation>画布</translation>
    </message>
    <message>
      <source>No picture yet</source>
      <translation>还没有图片</translation>
    </message>
    <message>
      <source>Original</source>
      <translation>原图</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>成品</translation>
    </message>
    <message>
      <source>{what}, {width} by {height} pixels, at {zoom} %</source>
      <translation>{what}，{width} × {height} 像素，显示比例 {zoom} %</translation>
    </message>
  </context>
  <context>
    <name>CanvasActions</name>
    <message>
      <source>Actual size</source>
      <translation>实际大小</translation>
    </message>
    <message>
      <source>Before and after</source>
      <translation>前后对比</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>适合窗口</translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>放大镜</translation>
    </message>
    <message>
      <source>Side by side</source>
      <translation>并排显示</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>缩小</translation>
    </message>
  </context>
  <context>
    <name>Card</name>
    <message>
      <source>Attempt {number}: {notes}</source>
      <translation>第 {number} 次：{notes}</translation>
    </message>
  </context>
  <context>
    <name>CardsField</name>
    <message>
      <source>A card without a name</source>
      <translation>没有名字的卡片</translation>
    </message>
    <message>
      <source>Add story cards from a file…</source>
      <translation>从文件添加故事卡片…</translation>
    </message>
    <message>
      <source>Bring the card back</source>
      <translation>恢复这张卡片</translation>
    </message>
    <message>
      <source>Keep the story cards</source>
      <translation>保存故事卡片</translation>
    </message>
    <message>
      <source>Keep the story cards as a file…</source>
      <translation>把故事卡片存为文件…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名字</translation>
    </message>
    <message>
      <source>Name of the card</source>
      <translation>卡片的名字</translation>
    </message>
    <message>
      <source>New story card</source>
      <translation>新故事卡片</translation>
    </message>
    <message>
      <source>People and places: the model is told of one once its words come up.</source>
      <translation>人物和地点：一提到相关的词，模型就会得知。</translation>
    </message>
    <message>
      <source>Story cards</source>
      <translation>故事卡片</translation>
    </message>
    <message>
      <source>Story cards (*.json)</source>
      <translation>故事卡片 (*.json)</translation>
    </message>
    <message>
      <source>Story cards kept.</source>
      <translation>故事卡片已保存。</translation>
    </message>
    <message>
      <source>Take this card away</source>
      <translation>拿掉这张卡片</translation>
    </message>
    <message>
      <source>What the model is told</source>
      <translation>告诉模型什么</translation>
    </message>
    <message>
      <source>Words that bring it up</source>
      <translation>触发词</translation>
    </message>
    <message>
      <source>Words that bring it up, commas between; its name, if there are none.</source>
      <translation>触发词，用逗号隔开；不填就用名字。</translation>
    </message>
    <message>
      <source>Words that bring it up: Ada, the captain</source>
      <translation>触发词：阿达, 船长</translation>
    </message>
    <message>
      <source>{count} story cards added.</source>
      <translation>已添加 {count} 张故事卡片。</translation>
    </message>
  </context>
  <context>
    <name>ChatSheet</name>
    <message>
      <source>Ask about the page. Enter sends.</source>
      <translation>就这一页提问，按回车发送。</translation>
    </message>
    <message>
      <source>Begin a new talk</source>
      <translation>开始新的对话</translation>
    </message>
    <message>
      <source>Chat</source>
      <translation>对话</translation>
    </message>
    <message>
      <source>It reads the page</source>
      <translation>让它读这一页</translation>
    </message>
    <message>
      <source>What you want to ask</source>
      <translation>你想问什么</translation>
    </message>
  </context>
  <context>
    <name>Chooser</name>
    <message>
      <source>All files</source>
      <translation>所有文件</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
  </context>
  <context>
    <name>ChordLine</name>
    <message>
      <source>Chord</source>
      <translation>和弦</translation>
    </message>
    <message>
      <source>{text} is no chord that is known here. Try Am7, F#dim, Bbmaj7 or Gsus4.</source>
      <translation>这里不认识和弦 {text}。可以写 Am7、F#dim、Bbmaj7 或 Gsus4。</translation>
    </message>
  </context>
  <context>
    <name>CommandPalette</name>
    <message>
      <source>Actions</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Find an action</source>
      <translation>查找操作</translation>
    </message>
    <message>
      <source>What do you want to do?</source>
      <translation>想做什么？</translation>
    </message>
  </context>
  <context>
    <name>Declared</name>
    <message>
      <source>0 follows the height.</source>
      <translation>0 表示随高度。</translation>
    </message>
    <message>
      <source>0 follows the print height.</source>
      <translation>0 表示随打印高度。</translation>
    </message>
    <message>
      <source>0 follows the print width.</source>
      <translation>0 表示随打印宽度。</translation>
    </message>
    <message>
      <source>0 follows the width.</source>
      <translation>0 表示随宽度。</translation>
    </message>
    <message>
      <source>0 gives the photograph back, 1 is all paint.</source>
      <translation>0 为原照片，1 为完全重绘。</translation>
    </message>
    <message>
      <source>0 stays faithful; towards 1 noise, blur and JPEG traces go.</source>
      <translation>0 忠于原图；越接近 1，噪点、模糊和 JPEG 痕迹去得越多。</translation>
    </message>
    <message>
      <source>1 keeps the size and only cleans.</source>
      <translation>1 保持尺寸，只做清理。</translation>
    </message>
    <message>
      <source>12/8</source>
      <translation>12/8</translation>
    </message>
    <message>
      <source>2/2</source>
      <translation>2/2</translation>
    </message>
    <message>
      <source>2/4</source>
      <translation>2/4</translation>
    </message>
    <message>
      <source>3/2</source>
      <translation>3/2</translation>
    </message>
    <message>
      <source>3/4</source>
      <translation>3/4</translation>
    </message>
    <message>
      <source>3/8</source>
      <translation>3/8</translation>
    </message>
    <message>
      <source>4/4</source>
      <translation>4/4</translation>
    </message>
    <message>
      <source>5/4</source>
      <translation>5/4</translation>
    </message>
    <message>
      <source>6/4</source>
      <translation>6/4</translation>
    </message>
    <message>
      <source>6/8</source>
      <translation>6/8</translation>
    </message>
    <message>
      <source>7/8</source>
      <translation>7/8</translation>
    </message>
    <message>
      <source>9/8</source>
      <translation>9/8</translation>
    </message>
    <message>
      <source>A GIF can be {most:,} pixels wide or high.</source>
      <translation>GIF 的宽和高最多 {most:,} 像素。</translation>
    </message>
    <message>
      <source>A VAE of your own instead of the model's.</source>
      <translation>用你自己的 VAE 代替模型的。</translation>
    </message>
    <message>
      <source>A direction for what comes next; it stands a few lines above the end.</source>
      <translation>对接下来内容的指引；放在结尾前几行处。</translation>
    </message>
    <message>
      <source>A guidance of {value} cannot be used.</source>
      <translation>引导强度不能是 {value}。</translation>
    </message>
    <message>
      <source>A long stretch</source>
      <translation>长长一段</translation>
    </message>
    <message>
      <source>A major</source>
      <translation>A大调</translation>
    </message>
    <message>
      <source>A minor</source>
      <translation>A小调</translation>
    </message>
    <message>
      <source>A model foretells one of {known}.</source>
      <translation>模型预测的是 {known} 之一。</translation>
    </message>
    <message>
      <source>A name cannot hold {field}.</source>
      <translation>名称里不能用 {field}。</translation>
    </message>
    <message>
      <source>A name needs at least one letter.</source>
      <translation>名称至少要有一个字。</translation>
    </message>
    <message>
      <source>A part is four whole numbers: left,top,width,height; this is {text}.</source>
      <translation>局部要写四个整数：左,上,宽,高；现在是 {text}。</translation>
    </message>
    <message>
      <source>A part of this model is missing: its {part}.</source>
      <translation>这个模型缺一部分：{part}。</translation>
    </message>
    <message>
      <source>A part of this page is damaged.</source>
      <translation>这一页有一部分已损坏。</translation>
    </message>
    <message>
      <source>A recording has no notes and no stems.</source>
      <translation>录音里没有音符，也没有分轨。</translation>
    </message>
    <message>
      <source>A sheet goes over one setting, such as steps=5,10,20; this is {text}.</source>
      <translation>对照表针对一个设置，例如 steps=5,10,20；现在是 {text}。</translation>
    </message>
    <message>
      <source>A sheet has up to {most} values a side; these are {count}.</source>
      <translation>对照表每边最多 {most} 个值，这里有 {count} 个。</translation>
    </message>
    <message>
      <source>A sheet needs two different settings; both sides are {name}.</source>
      <translation>对照表需要两个不同的设置；两边都是 {name}。</translation>
    </message>
    <message>
      <source>A sheet of pictures: steps=5,10,20 gives a column to each.</source>
      <translation>图片对照表：steps=5,10,20 各占一列。</translation>
    </message>
    <message>
      <source>A step from the seed in a direction of its own.</source>
      <translation>从种子出发，沿一个方向走一步。</translation>
    </message>
    <message>
      <source>A strength of {value} cannot be used.</source>
      <translation>强度不能是 {value}。</translation>
    </message>
    <message>
      <source>A temporary file could not be written: {reason}.</source>
      <translation>临时文件无法写入：{reason}。</translation>
    </message>
    <message>
      <source>A variation of {value} cannot be used.</source>
      <translation>变化值 {value} 不能用。</translation>
    </message>
    <message>
      <source>A {format} picture can be {most:,} pixels wide or high; this one is {width:,} x {height:,}.</source>
      <translation>{format} 图片的宽和高最多 {most:,} 像素，这张是 {width:,} × {height:,}。</translation>
    </message>
    <message>
      <source>A {format} picture cannot have {channels} channels of {bits} bits.</source>
      <translation>{format} 图片不能有 {channels} 个 {bits} 位通道。</translation>
    </message>
    <message>
      <source>A {kind} picture cannot carry a recipe.</source>
      <translation>{kind} 图片不能携带配方。</translation>
    </message>
    <message>
      <source>Ab major</source>
      <translation>降A大调</translation>
    </message>
    <message>
      <source>Ab minor</source>
      <translation>降A小调</translation>
    </message>
    <message>
      <source>Above 0, the seed chooses which part of each painting to learn from.</source>
      <translation>大于 0 时，由种子决定从每幅画作的哪一部分学习。</translation>
    </message>
    <message>
      <source>Above 1 gives broader strokes, below 1 finer ones.</source>
      <translation>大于 1 笔触更宽，小于 1 笔触更细。</translation>
    </message>
    <message>
      <source>Above 1, words just used become less likely.</source>
      <translation>大于 1 时，刚用过的词更少出现。</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>横向</translation>
    </message>
    <message>
      <source>Add bass</source>
      <translation>加贝斯</translation>
    </message>
    <message>
      <source>Add drums</source>
      <translation>加鼓</translation>
    </message>
    <message>
      <source>Add one, or compose from nothing.</source>
      <translation>先加一条，或从零开始作曲。</translation>
    </message>
    <message>
      <source>Add result</source>
      <translation>添加成品</translation>
    </message>
    <message>
      <source>Add the rest in a second step.</source>
      <translation>其余的请在第二步添加。</translation>
    </message>
    <message>
      <source>Add-ons</source>
      <translation>附加模型</translation>
    </message>
    <message>
      <source>Add-ons and decoders are for models you bring; the one in the box takes none.</source>
      <translation>附加模型和解码器用于你导入的模型；自带的模型不用它们。</translation>
    </message>
    <message>
      <source>All but compose and sound start from notes; with notes to start from, compose goes on from them.</source>
      <translation>除“作曲”和“声音”外都从已有音符开始；给了音符时，“作曲”会接着写。</translation>
    </message>
    <message>
      <source>All but continue, poem and summarise need a model that follows instructions.</source>
      <translation>除续写、诗和摘要外，都需要会听指令的模型。</translation>
    </message>
    <message>
      <source>Along</source>
      <translation>纵移</translation>
    </message>
    <message>
      <source>An add-on counts {least:g} to {most:g}; {strength:g} is outside.</source>
      <translation>附加模型的强度为 {least:g} 到 {most:g}；{strength:g} 超出范围。</translation>
    </message>
    <message>
      <source>Another program is using {name} just now.</source>
      <translation>另一个程序正在使用 {name}。</translation>
    </message>
    <message>
      <source>Apple GPU</source>
      <translation>Apple 显卡</translation>
    </message>
    <message>
      <source>Art song</source>
      <translation>艺术歌曲</translation>
    </message>
    <message>
      <source>As ONNX, Stable Diffusion 1, 2 and XL can be used.</source>
      <translation>ONNX 形式可用 Stable Diffusion 1、2 和 XL。</translation>
    </message>
    <message>
      <source>As it comes</source>
      <translation>随意</translation>
    </message>
    <message>
      <source>As the picture</source>
      <translation>与原图相同</translation>
    </message>
    <message>
      <source>Aside</source>
      <translation>横移</translation>
    </message>
    <message>
      <source>Ask for a safetensors version.</source>
      <translation>请向作者索取 safetensors 版本。</translation>
    </message>
    <message>
      <source>Ask for a version with standard ONNX operators.</source>
      <translation>请向作者索取只用标准 ONNX 算子的版本。</translation>
    </message>
    <message>
      <source>Ask for it again from where it came.</source>
      <translation>请从原来的地方再取一次。</translation>
    </message>
    <message>
      <source>Ask for it again, or copy it once more from where it came.</source>
      <translation>请对方再发一次，或从原来的地方重新复制。</translation>
    </message>
    <message>
      <source>Ask for it as an ONNX file.</source>
      <translation>请向作者索取 ONNX 文件。</translation>
    </message>
    <message>
      <source>Ask for it as one ONNX file.</source>
      <translation>请向作者索取单个 ONNX 文件。</translation>
    </message>
    <message>
      <source>Ask its maker for a safetensors file.</source>
      <translation>请向作者索取 safetensors 文件。</translation>
    </message>
    <message>
      <source>Atelier is offline: a connection was refused.</source>
      <translation>Atelier 处于离线状态：一次联网请求已被拒绝。</translation>
    </message>
    <message>
      <source>Author's note</source>
      <translation>作者旁注</translation>
    </message>
    <message>
      <source>B major</source>
      <translation>B大调</translation>
    </message>
    <message>
      <source>B minor</source>
      <translation>B小调</translation>
    </message>
    <message>
      <source>Balanced</source>
      <translation>均衡</translation>
    </message>
    <message>
      <source>Banned phrases</source>
      <translation>禁用语</translation>
    </message>
    <message>
      <source>Bar {bar} of {bars}</source>
      <translation>第 {bar} 小节，共 {bars} 小节</translation>
    </message>
    <message>
      <source>Bars</source>
      <translation>小节数</translation>
    </message>
    <message>
      <source>Bb major</source>
      <translation>降B大调</translation>
    </message>
    <message>
      <source>Bb minor</source>
      <translation>降B小调</translation>
    </message>
    <message>
      <source>Begin a new one.</source>
      <translation>请重新开始。</translation>
    </message>
    <message>
      <source>Begin it again.</source>
      <translation>请重新开始。</translation>
    </message>
    <message>
      <source>Best available</source>
      <translation>最快的设备</translation>
    </message>
    <message>
      <source>Bold outlines</source>
      <translation>粗轮廓</translation>
    </message>
    <message>
      <source>Bright</source>
      <translation>明亮</translation>
    </message>
    <message>
      <source>Bring in an instruction model for this.</source>
      <translation>这需要导入一个会听指令的模型。</translation>
    </message>
    <message>
      <source>Bring in one of them.</source>
      <translation>请导入其中一个。</translation>
    </message>
    <message>
      <source>Bring in the model.</source>
      <translation>请导入模型。</translation>
    </message>
    <message>
      <source>Bring in the whole model.</source>
      <translation>请导入完整的模型。</translation>
    </message>
    <message>
      <source>Bring one in.</source>
      <translation>请先导入一个。</translation>
    </message>
    <message>
      <source>Brush scale</source>
      <translation>笔触大小</translation>
    </message>
    <message>
      <source>C major</source>
      <translation>C大调</translation>
    </message>
    <message>
      <source>C minor</source>
      <translation>C小调</translation>
    </message>
    <message>
      <source>C# major</source>
      <translation>升C大调</translation>
    </message>
    <message>
      <source>C# minor</source>
      <translation>升C小调</translation>
    </message>
    <message>
      <source>CPU</source>
      <translation>CPU</translation>
    </message>
    <message>
      <source>Calm</source>
      <translation>平静</translation>
    </message>
    <message>
      <source>Cartoon</source>
      <translation>卡通</translation>
    </message>
    <message>
      <source>Change its metre, or leave it out.</source>
      <translation>请改变它的拍号，或去掉它。</translation>
    </message>
    <message>
      <source>Change its permissions, or make a copy.</source>
      <translation>请修改它的权限，或另存一份。</translation>
    </message>
    <message>
      <source>Change one.</source>
      <translation>请改动其中一个。</translation>
    </message>
    <message>
      <source>Change stars</source>
      <translation>更改星级</translation>
    </message>
    <message>
      <source>Change style</source>
      <translation>换风格</translation>
    </message>
    <message>
      <source>Change the end of the text, or raise the temperature.</source>
      <translation>请改动文末，或提高温度。</translation>
    </message>
    <message>
      <source>Chat</source>
      <translation>对话</translation>
    </message>
    <message>
      <source>Check the connection, then press Download to go on where it stopped.</source>
      <translation>请检查网络，再按“下载”从中断处继续。</translation>
    </message>
    <message>
      <source>Check the permissions of the file and folder.</source>
      <translation>请检查文件和文件夹的权限。</translation>
    </message>
    <message>
      <source>Check the permissions, or save a copy somewhere else.</source>
      <translation>请检查权限，或在别处另存一份。</translation>
    </message>
    <message>
      <source>Choose "auto" or "cpu", or install the maker's driver.</source>
      <translation>请选择“auto”或“cpu”，或安装厂商驱动。</translation>
    </message>
    <message>
      <source>Choose 0 to 1.</source>
      <translation>请选 0 到 1。</translation>
    </message>
    <message>
      <source>Choose 0 to {most}.</source>
      <translation>请选 0 到 {most}。</translation>
    </message>
    <message>
      <source>Choose 1 to {most}.</source>
      <translation>请选 1 到 {most}。</translation>
    </message>
    <message>
      <source>Choose a .mid file.</source>
      <translation>请选择 .mid 文件。</translation>
    </message>
    <message>
      <source>Choose a MusicXML file.</source>
      <translation>请选一个 MusicXML 文件。</translation>
    </message>
    <message>
      <source>Choose a WAV, FLAC, Ogg or MP3 file.</source>
      <translation>请选 WAV、FLAC、Ogg 或 MP3 文件。</translation>
    </message>
    <message>
      <source>Choose a file inside it.</source>
      <translation>请选择其中的文件。</translation>
    </message>
    <message>
      <source>Choose a file that ends in .atelier.</source>
      <translation>请选择扩展名为 .atelier 的文件。</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>请选择文件夹。</translation>
    </message>
    <message>
      <source>Choose a model for whole pictures.</source>
      <translation>请选用处理整张图片的模型。</translation>
    </message>
    <message>
      <source>Choose a picture.</source>
      <translation>请选一张图片。</translation>
    </message>
    <message>
      <source>Choose a shorter name.</source>
      <translation>请换一个短些的名称。</translation>
    </message>
    <message>
      <source>Choose a shorter one.</source>
      <translation>请换一个短些的。</translation>
    </message>
    <message>
      <source>Choose a smaller size.</source>
      <translation>请选小一些的尺寸。</translation>
    </message>
    <message>
      <source>Choose a text file.</source>
      <translation>请选择文本文件。</translation>
    </message>
    <message>
      <source>Choose an upscaler for whole pictures.</source>
      <translation>请选用处理整张图片的放大模型。</translation>
    </message>
    <message>
      <source>Choose an upscaler with a single picture.</source>
      <translation>请选用只接收一张图片的放大模型。</translation>
    </message>
    <message>
      <source>Choose another file.</source>
      <translation>请选择别的文件。</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>请选择别的文件夹。</translation>
    </message>
    <message>
      <source>Choose another format.</source>
      <translation>请换一种格式。</translation>
    </message>
    <message>
      <source>Choose another model.</source>
      <translation>请选择别的模型。</translation>
    </message>
    <message>
      <source>Choose another name, or allow writing to it.</source>
      <translation>请换一个名称，或允许写入该文件。</translation>
    </message>
    <message>
      <source>Choose another name, or open it.</source>
      <translation>请换一个名称，或直接打开它。</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>请换一个名称。</translation>
    </message>
    <message>
      <source>Choose another.</source>
      <translation>请另选一个。</translation>
    </message>
    <message>
      <source>Choose auto, cpu, cuda or mps.</source>
      <translation>可选 auto、cpu、cuda 或 mps。</translation>
    </message>
    <message>
      <source>Choose it, or another prompt.</source>
      <translation>请选用它，或换一个提示。</translation>
    </message>
    <message>
      <source>Choose one made for {family}.</source>
      <translation>请选为 {family} 制作的。</translation>
    </message>
    <message>
      <source>Choose the folder with config.json, or a model file.</source>
      <translation>请选择含 config.json 的文件夹，或模型文件。</translation>
    </message>
    <message>
      <source>Choose the folder with model_index.json.</source>
      <translation>请选择含 model_index.json 的文件夹。</translation>
    </message>
    <message>
      <source>Choose the model they were made for.</source>
      <translation>请选用它们所针对的模型。</translation>
    </message>
    <message>
      <source>Choose {least} to {most} for a side.</source>
      <translation>边长请选 {least} 到 {most}。</translation>
    </message>
    <message>
      <source>Choose {low} or {high}.</source>
      <translation>请选 {low} 或 {high}。</translation>
    </message>
    <message>
      <source>Choose {size}.</source>
      <translation>请选 {size}。</translation>
    </message>
    <message>
      <source>Chords</source>
      <translation>和弦</translation>
    </message>
    <message>
      <source>Clean</source>
      <translation>清理</translation>
    </message>
    <message>
      <source>Close other programs and try again.</source>
      <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
      <source>Close other programs, or choose a smaller model.</source>
      <translation>请关闭其他程序，或选用小一些的模型。</translation>
    </message>
    <message>
      <source>Close other programs, or save a smaller copy.</source>
      <translation>请关闭其他程序，或另存一份小一些的。</translation>
    </message>
    <message>
      <source>Close other programs, or use a smaller model.</source>
      <translation>请关闭其他程序，或改用小一些的模型。</translation>
    </message>
    <message>
      <source>Colouring page</source>
      <translation>填色画</translation>
    </message>
    <message>
      <source>Comic</source>
      <translation>漫画</translation>
    </message>
    <message>
      <source>Compose</source>
      <translation>作曲</translation>
    </message>
    <message>
      <source>Compute on</source>
      <translation>计算设备</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>Continue this</source>
      <translation>续写这个</translation>
    </message>
    <message>
      <source>Copy it again.</source>
      <translation>请重新复制。</translation>
    </message>
    <message>
      <source>Copy it or get it once more.</source>
      <translation>请重新复制或获取一次。</translation>
    </message>
    <message>
      <source>Copy it to another folder together with {name}-journal, and open it there.</source>
      <translation>请把它连同 {name}-journal 一起复制到别的文件夹，再打开。</translation>
    </message>
    <message>
      <source>Copy the details and send them to us.</source>
      <translation>请复制详细信息并发给我们。</translation>
    </message>
    <message>
      <source>Copy the folder again.</source>
      <translation>请重新复制该文件夹。</translation>
    </message>
    <message>
      <source>Copy the whole folder again.</source>
      <translation>请重新复制整个文件夹。</translation>
    </message>
    <message>
      <source>Copy the whole folder, or leave the picture out.</source>
      <translation>请复制整个文件夹，或去掉图片。</translation>
    </message>
    <message>
      <source>Copy the whole folder, {name} too.</source>
      <translation>请复制整个文件夹，包括 {name}。</translation>
    </message>
    <message>
      <source>Copy the whole folder.</source>
      <translation>请复制整个文件夹。</translation>
    </message>
    <message>
      <source>Count the words</source>
      <translation>数词数</translation>
    </message>
    <message>
      <source>Cut it into parts.</source>
      <translation>请切成几段。</translation>
    </message>
    <message>
      <source>Cut it into shorter pieces.</source>
      <translation>请切成短一些的几段。</translation>
    </message>
    <message>
      <source>Cut paper</source>
      <translation>剪纸</translation>
    </message>
    <message>
      <source>D major</source>
      <translation>D大调</translation>
    </message>
    <message>
      <source>D minor</source>
      <translation>D小调</translation>
    </message>
    <message>
      <source>Daring</source>
      <translation>大胆</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Decoder</source>
      <translation>解码器</translation>
    </message>
    <message>
      <source>Delete the file itself.</source>
      <translation>请直接删除该文件。</translation>
    </message>
    <message>
      <source>Density</source>
      <translation>密度</translation>
    </message>
    <message>
      <source>Develop it in a raw program and save it as TIFF or JPEG.</source>
      <translation>请用 RAW 软件冲洗后存为 TIFF 或 JPEG。</translation>
    </message>
    <message>
      <source>Dialogue</source>
      <translation>对白</translation>
    </message>
    <message>
      <source>Do</source>
      <translation>做什么</translation>
    </message>
    <message>
      <source>Dots per inch on paper.</source>
      <translation>纸上每英寸的点数。</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>纵向</translation>
    </message>
    <message>
      <source>Download VGG-19, or use the trunk in the box.</source>
      <translation>请下载 VGG-19，或使用自带的网络。</translation>
    </message>
    <message>
      <source>Download the file itself.</source>
      <translation>请下载文件本身。</translation>
    </message>
    <message>
      <source>Draw it anew, or bring one of the picture's proportions.</source>
      <translation>请重新绘制，或换一张与图片比例相同的。</translation>
    </message>
    <message>
      <source>Draw it anew.</source>
      <translation>请重新画。</translation>
    </message>
    <message>
      <source>Dream</source>
      <translation>梦境</translation>
    </message>
    <message>
      <source>Drop a .sf2 or .sf3 file on the window.</source>
      <translation>把 .sf2 或 .sf3 文件拖到窗口上。</translation>
    </message>
    <message>
      <source>Drop a painting on a style well.</source>
      <translation>请把一幅画作拖到风格栏。</translation>
    </message>
    <message>
      <source>Drop a photograph on the first well.</source>
      <translation>请把一张照片拖到第一栏。</translation>
    </message>
    <message>
      <source>Drop a picture.</source>
      <translation>请拖入一张图片。</translation>
    </message>
    <message>
      <source>Drop its folder on the window, and choose it.</source>
      <translation>把它的文件夹拖到窗口上，然后选它。</translation>
    </message>
    <message>
      <source>Drum groove</source>
      <translation>鼓点</translation>
    </message>
    <message>
      <source>E major</source>
      <translation>E大调</translation>
    </message>
    <message>
      <source>E minor</source>
      <translation>E小调</translation>
    </message>
    <message>
      <source>EXIF and XMP: camera, lens, date, author.</source>
      <translation>EXIF 和 XMP：相机、镜头、日期、作者。</translation>
    </message>
    <message>
      <source>Each has a seed of its own, and can be made again alone.</source>
      <translation>每张都有自己的种子，可以单独重做。</translation>
    </message>
    <message>
      <source>Eb major</source>
      <translation>降E大调</translation>
    </message>
    <message>
      <source>Eb minor</source>
      <translation>降E小调</translation>
    </message>
    <message>
      <source>Energy</source>
      <translation>活力</translation>
    </message>
    <message>
      <source>Enlarge</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Enlarge this</source>
      <translation>放大这张</translation>
    </message>
    <message>
      <source>Enlarge to</source>
      <translation>放大到</translation>
    </message>
    <message>
      <source>Enlarging</source>
      <translation>正在放大</translation>
    </message>
    <message>
      <source>Everything here is locked.</source>
      <translation>这里全都锁定了。</translation>
    </message>
    <message>
      <source>Export it again as MusicXML.</source>
      <translation>请重新导出为 MusicXML。</translation>
    </message>
    <message>
      <source>Export it again, or open it in another program and save it as MIDI.</source>
      <translation>请重新导出，或在其他程序中打开并另存为 MIDI。</translation>
    </message>
    <message>
      <source>Export it as DOCX or HTML.</source>
      <translation>请导出为 DOCX 或 HTML。</translation>
    </message>
    <message>
      <source>Export it as WAV, FLAC or Ogg.</source>
      <translation>请导出为 WAV、FLAC 或 Ogg。</translation>
    </message>
    <message>
      <source>Export without the recipe.</source>
      <translation>请导出时不带配方。</translation>
    </message>
    <message>
      <source>Extend</source>
      <translation>扩展</translation>
    </message>
    <message>
      <source>F major</source>
      <translation>F大调</translation>
    </message>
    <message>
      <source>F minor</source>
      <translation>F小调</translation>
    </message>
    <message>
      <source>F# major</source>
      <translation>升F大调</translation>
    </message>
    <message>
      <source>F# minor</source>
      <translation>升F小调</translation>
    </message>
    <message>
      <source>Factor</source>
      <translation>倍数</translation>
    </message>
    <message>
      <source>Feather</source>
      <translation>羽化</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Fill the gap</source>
      <translation>填补空缺</translation>
    </message>
    <message>
      <source>Fine</source>
      <translation>精细</translation>
    </message>
    <message>
      <source>Fine film grain over the result; the seed decides where it falls.</source>
      <translation>在成品上加细微的胶片颗粒，位置由种子决定。</translation>
    </message>
    <message>
      <source>Fine steps</source>
      <translation>精细步数</translation>
    </message>
    <message>
      <source>First bar</source>
      <translation>起始小节</translation>
    </message>
    <message>
      <source>First, choose the style it shall have.</source>
      <translation>请先选好想要的风格。</translation>
    </message>
    <message>
      <source>First, some chords: in the settings, or on the roll.</source>
      <translation>先写些和弦：在设置里，或在卷帘上。</translation>
    </message>
    <message>
      <source>First, some notes on the roll.</source>
      <translation>先在卷帘上放些音符。</translation>
    </message>
    <message>
      <source>First, the gap: drag over its bars on the ruler, or choose some notes.</source>
      <translation>先标出空缺：在标尺上拖过那些小节，或选些音符。</translation>
    </message>
    <message>
      <source>First, the words: what is it to sound like?</source>
      <translation>先写文字：想要什么样的声音？</translation>
    </message>
    <message>
      <source>Flat</source>
      <translation>扁平</translation>
    </message>
    <message>
      <source>Follow this tune</source>
      <translation>跟随这段旋律</translation>
    </message>
    <message>
      <source>For chat: a question, or all that was said as a JSON list of role and text.</source>
      <translation>对话用：一个问题，或以 JSON 列表（role 和 text）给出的全部对话。</translation>
    </message>
    <message>
      <source>For models that paint on nothing; off lays it on white.</source>
      <translation>用于能画透明底的模型；关闭则铺在白底上。</translation>
    </message>
    <message>
      <source>For rewrite shorter, longer or a tone; for translate the language; for dialogue the two names; for a poem its form.</source>
      <translation>改写：更短、更长或某种语气；翻译：目标语言；对白：两个名字；诗：体裁。</translation>
    </message>
    <message>
      <source>For sound: how closely it follows the words.</source>
      <translation>声音：多紧地跟随文字。</translation>
    </message>
    <message>
      <source>For sound: how long.</source>
      <translation>声音：多长。</translation>
    </message>
    <message>
      <source>For sound: what it is to sound like.</source>
      <translation>声音：想要什么样的。</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Free some space and try again.</source>
      <translation>请腾出一些空间后重试。</translation>
    </message>
    <message>
      <source>Free some space and try again. Everything saved so far is safe.</source>
      <translation>请腾出一些空间后重试。此前保存的内容都安然无恙。</translation>
    </message>
    <message>
      <source>Free some space, or save it elsewhere.</source>
      <translation>请腾出一些空间，或保存到别处。</translation>
    </message>
    <message>
      <source>From 1, a note now and then, to 8, very many; 0 leaves it to the model.</source>
      <translation>1 是偶尔一个音，8 是非常多；0 由模型决定。</translation>
    </message>
    <message>
      <source>From calm to wild.</source>
      <translation>从平静到狂放。</translation>
    </message>
    <message>
      <source>From dark to bright.</source>
      <translation>从阴暗到明亮。</translation>
    </message>
    <message>
      <source>G major</source>
      <translation>G大调</translation>
    </message>
    <message>
      <source>G minor</source>
      <translation>G小调</translation>
    </message>
    <message>
      <source>Get it again from where it came, or use another model.</source>
      <translation>请从原处重新获取，或换一个模型。</translation>
    </message>
    <message>
      <source>Get it again from where it came.</source>
      <translation>请从原来的地方重新获取。</translation>
    </message>
    <message>
      <source>Get it again.</source>
      <translation>请重新获取。</translation>
    </message>
    <message>
      <source>Give a width, a height or both.</source>
      <translation>请给出宽度、高度或两者。</translation>
    </message>
    <message>
      <source>Glossy</source>
      <translation>光泽</translation>
    </message>
    <message>
      <source>Goes on in lines of verse.</source>
      <translation>以诗行续写。</translation>
    </message>
    <message>
      <source>Grain</source>
      <translation>颗粒</translation>
    </message>
    <message>
      <source>Grow</source>
      <translation>扩大</translation>
    </message>
    <message>
      <source>Guidance</source>
      <translation>引导</translation>
    </message>
    <message>
      <source>Guitar</source>
      <translation>吉他</translation>
    </message>
    <message>
      <source>HEIC pictures cannot be read here.</source>
      <translation>这里无法读取 HEIC 图片。</translation>
    </message>
    <message>
      <source>Harmonise</source>
      <translation>配和声</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>高度</translation>
    </message>
    <message>
      <source>How closely it follows the words; 0 leaves it to the model.</source>
      <translation>贴近文字的程度；0 由模型决定。</translation>
    </message>
    <message>
      <source>How far to go from the seed towards the variation's own.</source>
      <translation>从种子向变体种子走多远。</translation>
    </message>
    <message>
      <source>How long Fine works on the picture.</source>
      <translation>“精细”改进画面的步数。</translation>
    </message>
    <message>
      <source>How many to write; to fill, harmonise and vary, those that are there count.</source>
      <translation>写多少小节；填补、配和声和变化时以现有的为准。</translation>
    </message>
    <message>
      <source>How much of it Vary makes anew.</source>
      <translation>“变化”重做多少。</translation>
    </message>
    <message>
      <source>How much of the picture to start from is painted anew.</source>
      <translation>起始图片重画的程度。</translation>
    </message>
    <message>
      <source>How much to write; an English word is about 1.3 tokens.</source>
      <translation>写多少；一个英文词约 1.3 个词元。</translation>
    </message>
    <message>
      <source>How much {name} counts is a number, not {told}.</source>
      <translation>{name} 的强度应是数字，不是 {told}。</translation>
    </message>
    <message>
      <source>How the new size is given: a factor, pixels, or centimetres on paper.</source>
      <translation>新尺寸的给法：倍数、像素，或纸上的厘米数。</translation>
    </message>
    <message>
      <source>Hymn or chorale</source>
      <translation>圣歌或众赞歌</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>图像</translation>
    </message>
    <message>
      <source>Image generators and add-ons you brought in have one.</source>
      <translation>你导入的图像模型和附加模型才有。</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message>
      <source>Import it again.</source>
      <translation>请重新导入。</translation>
    </message>
    <message>
      <source>Import them again.</source>
      <translation>请重新导入。</translation>
    </message>
    <message>
      <source>Improving the picture</source>
      <translation>正在改进画面</translation>
    </message>
    <message>
      <source>Ink drawing</source>
      <translation>墨线画</translation>
    </message>
    <message>
      <source>Install Atelier again.</source>
      <translation>请重新安装 Atelier。</translation>
    </message>
    <message>
      <source>Invert the mask</source>
      <translation>反转蒙版</translation>
    </message>
    <message>
      <source>Irish dance</source>
      <translation>爱尔兰舞曲</translation>
    </message>
    <message>
      <source>Is its tempo right?</source>
      <translation>速度对吗？</translation>
    </message>
    <message>
      <source>Is the disk still connected?</source>
      <translation>磁盘还连接着吗？</translation>
    </message>
    <message>
      <source>Is the drive still connected?</source>
      <translation>驱动器还连接着吗？</translation>
    </message>
    <message>
      <source>It can hold {known}.</source>
      <translation>可以使用 {known}。</translation>
    </message>
    <message>
      <source>It could not be made again: {problem}</source>
      <translation>无法重新制作：{problem}</translation>
    </message>
    <message>
      <source>It does not know: {words}.</source>
      <translation>它不认识：{words}。</translation>
    </message>
    <message>
      <source>It holds no project. Open another file, or start a new project.</source>
      <translation>其中没有项目。请打开别的文件，或新建项目。</translation>
    </message>
    <message>
      <source>It is a database, but not an Atelier project.</source>
      <translation>这是数据库，但不是 Atelier 项目。</translation>
    </message>
    <message>
      <source>It is open in another window.</source>
      <translation>它已在另一个窗口中打开。</translation>
    </message>
    <message>
      <source>It knows other words for: {pairs}.</source>
      <translation>它用别的词来理解：{pairs}。</translation>
    </message>
    <message>
      <source>It may be a classifier.</source>
      <translation>它可能是分类网络。</translation>
    </message>
    <message>
      <source>It reads {count} words; it left out: {words}.</source>
      <translation>它读 {count} 个词；略去了：{words}。</translation>
    </message>
    <message>
      <source>It reads {limit} tokens of {count}; it left out: {words}.</source>
      <translation>{count} 个词元里它读 {limit} 个；略去了：{words}。</translation>
    </message>
    <message>
      <source>It was left exactly as it is. Open a backup copy if you have one.</source>
      <translation>文件原样未动。如有备份，请打开备份。</translation>
    </message>
    <message>
      <source>It was made for another program, or an older Atelier.</source>
      <translation>它是为别的程序或旧版 Atelier 做的。</translation>
    </message>
    <message>
      <source>It was saved by a newer Atelier. Update Atelier to change it.</source>
      <translation>它由更新版本的 Atelier 保存。请升级 Atelier 后再修改。</translation>
    </message>
    <message>
      <source>It was {old} and is {new}.</source>
      <translation>原来是 {old}，现在是 {new}。</translation>
    </message>
    <message>
      <source>Its folder is read-only. Copy it somewhere else to change it.</source>
      <translation>所在文件夹是只读的。请复制到别处再修改。</translation>
    </message>
    <message>
      <source>JPEG</source>
      <translation>JPEG</translation>
    </message>
    <message>
      <source>Join them with llama.cpp's llama-gguf-split, then bring in the whole.</source>
      <translation>请用 llama.cpp 的 llama-gguf-split 合并后再导入。</translation>
    </message>
    <message>
      <source>Keep a version</source>
      <translation>留存版本</translation>
    </message>
    <message>
      <source>Keep camera data</source>
      <translation>保留相机数据</translation>
    </message>
    <message>
      <source>Keep the photo's colours</source>
      <translation>保留照片的颜色</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>调</translation>
    </message>
    <message>
      <source>Key sentences</source>
      <translation>关键句</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Language models cannot be used on this system yet.</source>
      <translation>这个系统上还不能使用语言模型。</translation>
    </message>
    <message>
      <source>Last bar</source>
      <translation>末小节</translation>
    </message>
    <message>
      <source>Leave the picture out, or choose another.</source>
      <translation>请去掉图片，或换一张。</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>长度</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Like the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Likeliest words</source>
      <translation>最可能的词</translation>
    </message>
    <message>
      <source>Lively</source>
      <translation>活泼</translation>
    </message>
    <message>
      <source>LoRAs and how much they count, such as ink:0.8, fog:0.5.</source>
      <translation>LoRA 及其强度，例如 ink:0.8, fog:0.5。</translation>
    </message>
    <message>
      <source>Longer side of the result; 0 keeps the photograph's own size.</source>
      <translation>成品长边的像素数；0 表示与照片相同。</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>外观</translation>
    </message>
    <message>
      <source>Look for a GGUF file of it, or a newer Atelier.</source>
      <translation>请找它的 GGUF 文件，或更新的 Atelier。</translation>
    </message>
    <message>
      <source>Look for a model of another kind, or a newer Atelier.</source>
      <translation>请换别类模型，或更新 Atelier。</translation>
    </message>
    <message>
      <source>Look for a model that is made to write.</source>
      <translation>请找一个用于写作的模型。</translation>
    </message>
    <message>
      <source>Look for a newer file of it, or a newer Atelier.</source>
      <translation>请找它的新版文件，或更新 Atelier。</translation>
    </message>
    <message>
      <source>Look for a newer file of it.</source>
      <translation>请找它的新版文件。</translation>
    </message>
    <message>
      <source>Look for a version with tokenizer.json, or for a GGUF file.</source>
      <translation>请找带 tokenizer.json 的版本，或 GGUF 文件。</translation>
    </message>
    <message>
      <source>Look for another file of it.</source>
      <translation>请找它的另一个文件。</translation>
    </message>
    <message>
      <source>Look for it as a LoRA.</source>
      <translation>请找它的 LoRA 版本。</translation>
    </message>
    <message>
      <source>Look for it as a folder of safetensors, or as one such file.</source>
      <translation>请找 safetensors 文件夹，或单个这样的文件。</translation>
    </message>
    <message>
      <source>Look for it as a folder with model_index.json.</source>
      <translation>请找带 model_index.json 的文件夹版本。</translation>
    </message>
    <message>
      <source>Look for its folder with config.json and model.safetensors.</source>
      <translation>请找含 config.json 和 model.safetensors 的文件夹。</translation>
    </message>
    <message>
      <source>Look for one made as usual.</source>
      <translation>请找一个常规方式制作的。</translation>
    </message>
    <message>
      <source>Look for one with T5 and EnCodec, as its makers' own.</source>
      <translation>请找一个带 T5 和 EnCodec 的，像原作者的那样。</translation>
    </message>
    <message>
      <source>Look for one without (no auto_map in its files), or for a GGUF file.</source>
      <translation>请找不含这个的（文件里没有 auto_map），或 GGUF 文件。</translation>
    </message>
    <message>
      <source>Look for one without (no auto_map in its files).</source>
      <translation>请找一个不带的（文件里没有 auto_map）。</translation>
    </message>
    <message>
      <source>Look for the language model alone, or for a GGUF file.</source>
      <translation>请找单独的语言模型，或 GGUF 文件。</translation>
    </message>
    <message>
      <source>Look for the usual file of it.</source>
      <translation>请找它的常规文件。</translation>
    </message>
    <message>
      <source>Look for the whole checkpoint.</source>
      <translation>请找完整的检查点。</translation>
    </message>
    <message>
      <source>Look for the whole one, or for a GGUF file.</source>
      <translation>请找完整的，或 GGUF 文件。</translation>
    </message>
    <message>
      <source>Look for the whole one.</source>
      <translation>请找完整的。</translation>
    </message>
    <message>
      <source>Looking at the styles</source>
      <translation>正在观察风格</translation>
    </message>
    <message>
      <source>Looking for the best tile</source>
      <translation>正在寻找合适的分块</translation>
    </message>
    <message>
      <source>Looking for this takes too long.</source>
      <translation>查找这个花的时间太长。</translation>
    </message>
    <message>
      <source>Low is sure of itself, high is daring; 0 always takes the likeliest.</source>
      <translation>低则稳妥，高则大胆；0 总是取最可能的词。</translation>
    </message>
    <message>
      <source>Make it first, or choose another.</source>
      <translation>请先新建它，或选择别的。</translation>
    </message>
    <message>
      <source>Make picture</source>
      <translation>生成图片</translation>
    </message>
    <message>
      <source>Makes a poem of it.</source>
      <translation>把它写成诗。</translation>
    </message>
    <message>
      <source>Makes the mask larger; below 0 smaller.</source>
      <translation>扩大蒙版；小于 0 则缩小。</translation>
    </message>
    <message>
      <source>Making sound</source>
      <translation>正在生成声音</translation>
    </message>
    <message>
      <source>Manner</source>
      <translation>方式</translation>
    </message>
    <message>
      <source>Mark a longer passage.</source>
      <translation>请选中长一些的段落。</translation>
    </message>
    <message>
      <source>Mark at least one bar.</source>
      <translation>请至少标出一个小节。</translation>
    </message>
    <message>
      <source>Melody over chords</source>
      <translation>和弦上的旋律</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>记忆</translation>
    </message>
    <message>
      <source>Memory for models</source>
      <translation>模型可用内存</translation>
    </message>
    <message>
      <source>Memory ran short, so smaller tiles were used.</source>
      <translation>内存不足，已改用小一些的分块。</translation>
    </message>
    <message>
      <source>Memory ran short, so this was enlarged in smaller pieces.</source>
      <translation>内存不足，所以分小块放大。</translation>
    </message>
    <message>
      <source>Memory ran short, so this was painted in smaller pieces.</source>
      <translation>内存不足，因此分成小块绘制。</translation>
    </message>
    <message>
      <source>Memory, story cards and note are too long: {fixed:,} tokens; {most:,} fit.</source>
      <translation>记忆、故事卡和批注太长：共 {fixed:,} 个词元，最多 {most:,} 个。</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>方法</translation>
    </message>
    <message>
      <source>Metre</source>
      <translation>拍号</translation>
    </message>
    <message>
      <source>Metre, key and tempo stay those of the piece.</source>
      <translation>拍号、调和速度保持原曲的。</translation>
    </message>
    <message>
      <source>Min-p</source>
      <translation>Min-p</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models of the Stable Diffusion 1, 2 and XL families can.</source>
      <translation>Stable Diffusion 1、2 和 XL 系列的模型可以。</translation>
    </message>
    <message>
      <source>Moderate</source>
      <translation>适中</translation>
    </message>
    <message>
      <source>Mood</source>
      <translation>情绪</translation>
    </message>
    <message>
      <source>More take longer and can be finer; 0 leaves it to the model.</source>
      <translation>越多越慢，也可能更精细；0 由模型决定。</translation>
    </message>
    <message>
      <source>Move the notes after it closer.</source>
      <translation>请把后面的音符移近一些。</translation>
    </message>
    <message>
      <source>Move to trash</source>
      <translation>移到回收站</translation>
    </message>
    <message>
      <source>Music</source>
      <translation>音乐</translation>
    </message>
    <message>
      <source>Mute some of them.</source>
      <translation>请静音其中几条。</translation>
    </message>
    <message>
      <source>NVIDIA GPU</source>
      <translation>NVIDIA 显卡</translation>
    </message>
    <message>
      <source>Name a thing in English, such as apple, cat or house.</source>
      <translation>请用英文写一样东西，例如 apple、cat 或 house。</translation>
    </message>
    <message>
      <source>Neutral</source>
      <translation>中性</translation>
    </message>
    <message>
      <source>No project is open.</source>
      <translation>没有打开的项目。</translation>
    </message>
    <message>
      <source>Not in it</source>
      <translation>不要出现</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>音符</translation>
    </message>
    <message>
      <source>Nothing in the recipe explains it: the same settings gave another result.</source>
      <translation>配方无法解释：同样的设置得到了不同的结果。</translation>
    </message>
    <message>
      <source>Nothing is masked, so there is nothing to paint.</source>
      <translation>蒙版是空的，没有可画的地方。</translation>
    </message>
    <message>
      <source>Numbers of the tracks to make anew, such as 1,3; empty means all that fit.</source>
      <translation>要重做的音轨编号，例如 1,3；留空表示所有合适的。</translation>
    </message>
    <message>
      <source>Of JPEG and WebP; PNG and TIFF lose nothing.</source>
      <translation>用于 JPEG 和 WebP；PNG 和 TIFF 没有损失。</translation>
    </message>
    <message>
      <source>Off gives only what the model wrote.</source>
      <translation>关闭时只给出模型写的部分。</translation>
    </message>
    <message>
      <source>Oil painting</source>
      <translation>油画</translation>
    </message>
    <message>
      <source>One for photographs and one for drawings are in the box.</source>
      <translation>自带照片和绘画各一个模型。</translation>
    </message>
    <message>
      <source>One line</source>
      <translation>一行</translation>
    </message>
    <message>
      <source>One paragraph</source>
      <translation>一段</translation>
    </message>
    <message>
      <source>One picture and one mask at a time; there are more.</source>
      <translation>一次一张图片和一个蒙版；现在多了。</translation>
    </message>
    <message>
      <source>One picture is enlarged at a time; there are {count}.</source>
      <translation>一次放大一张图片，现在有 {count} 张。</translation>
    </message>
    <message>
      <source>One picture is restyled at a time; there are {count}.</source>
      <translation>每次重绘一张图片，这里有 {count} 张。</translation>
    </message>
    <message>
      <source>One piece at a time; there are {count}.</source>
      <translation>一次一首；现在有 {count} 首。</translation>
    </message>
    <message>
      <source>One text is continued at a time; there are {count}.</source>
      <translation>一次续写一篇，现在有 {count} 篇。</translation>
    </message>
    <message>
      <source>Only a finished job has results to keep.</source>
      <translation>只有完成的任务才有成品可保存。</translation>
    </message>
    <message>
      <source>Only the likeliest that make up this share; 1 is off.</source>
      <translation>只从合计占这一比例的最可能者中选；1 为关闭。</translation>
    </message>
    <message>
      <source>Only the likeliest words that make up this share; 1 is off.</source>
      <translation>只取合计占这一比例的最可能的词；1 为关闭。</translation>
    </message>
    <message>
      <source>Only the model in the box can be walked through.</source>
      <translation>只有自带的模型可以漫游。</translation>
    </message>
    <message>
      <source>Only words at least this probable beside the likeliest; 0 is off.</source>
      <translation>只取与最可能的词相比至少达到这一概率的词；0 为关闭。</translation>
    </message>
    <message>
      <source>Open it in a word processor and save it again.</source>
      <translation>请用文字处理软件打开并重新保存。</translation>
    </message>
    <message>
      <source>Open or make one first.</source>
      <translation>请先打开或新建一个。</translation>
    </message>
    <message>
      <source>Other prompt</source>
      <translation>另一个提示</translation>
    </message>
    <message>
      <source>Output</source>
      <translation>输出</translation>
    </message>
    <message>
      <source>Output size</source>
      <translation>输出尺寸</translation>
    </message>
    <message>
      <source>PNG</source>
      <translation>PNG</translation>
    </message>
    <message>
      <source>Paint</source>
      <translation>绘制</translation>
    </message>
    <message>
      <source>Paint like this</source>
      <translation>照这样画</translation>
    </message>
    <message>
      <source>Paint only here</source>
      <translation>只画这里</translation>
    </message>
    <message>
      <source>Paint the mask, or turn it round.</source>
      <translation>请绘制蒙版，或反转它。</translation>
    </message>
    <message>
      <source>Painting</source>
      <translation>正在绘制</translation>
    </message>
    <message>
      <source>Painting the details</source>
      <translation>正在绘制细节</translation>
    </message>
    <message>
      <source>Paper can be {known} here, not {paper}.</source>
      <translation>纸张可以是 {known}，不能是 {paper}。</translation>
    </message>
    <message>
      <source>Part</source>
      <translation>局部</translation>
    </message>
    <message>
      <source>Passage</source>
      <translation>段落</translation>
    </message>
    <message>
      <source>Pencil sketch</source>
      <translation>铅笔素描</translation>
    </message>
    <message>
      <source>People and places, as JSON: shown to the model when their words come up.</source>
      <translation>人物和地点（JSON）：提到相关的词时给模型看。</translation>
    </message>
    <message>
      <source>Photograph</source>
      <translation>照片</translation>
    </message>
    <message>
      <source>Piano</source>
      <translation>钢琴</translation>
    </message>
    <message>
      <source>Picks the sentences that say most, word for word; nothing is written anew.</source>
      <translation>原样挑出最有内容的句子；不重新写。</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Picture {number} of {count}</source>
      <translation>第 {number} 张，共 {count} 张</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pictures can be JPEG, PNG, WebP, TIFF, GIF, BMP, AVIF or PSD.</source>
      <translation>图片可以是 JPEG、PNG、WebP、TIFF、GIF、BMP、AVIF 或 PSD。</translation>
    </message>
    <message>
      <source>Pixel art</source>
      <translation>像素画</translation>
    </message>
    <message>
      <source>Pixels</source>
      <translation>像素</translation>
    </message>
    <message>
      <source>Poem</source>
      <translation>诗</translation>
    </message>
    <message>
      <source>Press Download to go on from there.</source>
      <translation>按“下载”可从那里继续。</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>打印</translation>
    </message>
    <message>
      <source>Print height</source>
      <translation>打印高度</translation>
    </message>
    <message>
      <source>Print width</source>
      <translation>打印宽度</translation>
    </message>
    <message>
      <source>Prompt</source>
      <translation>提示</translation>
    </message>
    <message>
      <source>Prompt in the result</source>
      <translation>结果含提示</translation>
    </message>
    <message>
      <source>Proposes titles.</source>
      <translation>拟几个标题。</translation>
    </message>
    <message>
      <source>Put it in again.</source>
      <translation>请重新放入。</translation>
    </message>
    <message>
      <source>Put tokenizer.json beside its config.json.</source>
      <translation>请把 tokenizer.json 放到 config.json 旁边。</translation>
    </message>
    <message>
      <source>Puts it into another language.</source>
      <translation>译成另一种语言。</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>质量</translation>
    </message>
    <message>
      <source>Quarter notes a minute; 0 leaves it to the model.</source>
      <translation>每分钟四分音符数；0 由模型决定。</translation>
    </message>
    <message>
      <source>Quick</source>
      <translation>快速</translation>
    </message>
    <message>
      <source>Quick paints in one pass. Fine keeps improving the picture for about a minute.</source>
      <translation>“快速”一次画成；“精细”会用大约一分钟不断改进画面。</translation>
    </message>
    <message>
      <source>Ragtime or march</source>
      <translation>拉格泰姆或进行曲</translation>
    </message>
    <message>
      <source>Reading</source>
      <translation>正在读</translation>
    </message>
    <message>
      <source>Reading part {part} of {count}</source>
      <translation>正在读第 {part} 部分，共 {count} 部分</translation>
    </message>
    <message>
      <source>Reading the picture</source>
      <translation>正在读取图片</translation>
    </message>
    <message>
      <source>Reading {done:,} of {total:,} tokens</source>
      <translation>已读 {done:,} / {total:,} 个词元</translation>
    </message>
    <message>
      <source>Reduce motion</source>
      <translation>减少动画</translation>
    </message>
    <message>
      <source>Remove it and bring it in again.</source>
      <translation>请移除后重新导入。</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Repetition control</source>
      <translation>重复控制</translation>
    </message>
    <message>
      <source>Resolution</source>
      <translation>分辨率</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restyle</source>
      <translation>重绘</translation>
    </message>
    <message>
      <source>Restyle this</source>
      <translation>重绘这张</translation>
    </message>
    <message>
      <source>Rewrite</source>
      <translation>改写</translation>
    </message>
    <message>
      <source>Rock or game</source>
      <translation>摇滚或游戏音乐</translation>
    </message>
    <message>
      <source>SVG drawings cannot be read here.</source>
      <translation>这里无法读取 SVG 图形。</translation>
    </message>
    <message>
      <source>Save a smaller copy of it.</source>
      <translation>请另存一份小一些的。</translation>
    </message>
    <message>
      <source>Save it again without its pictures.</source>
      <translation>请去掉图片后重新保存。</translation>
    </message>
    <message>
      <source>Save it as .docx without a password.</source>
      <translation>请存为没有密码的 .docx。</translation>
    </message>
    <message>
      <source>Save it as .docx, Markdown or text.</source>
      <translation>请存为 .docx、Markdown 或纯文本。</translation>
    </message>
    <message>
      <source>Save it as FLAC.</source>
      <translation>请存为 FLAC。</translation>
    </message>
    <message>
      <source>Save it as JPEG or PNG.</source>
      <translation>请存为 JPEG 或 PNG。</translation>
    </message>
    <message>
      <source>Save it as MIDI or MusicXML in the program it comes from.</source>
      <translation>请在原程序里存为 MIDI 或 MusicXML。</translation>
    </message>
    <message>
      <source>Save it as PNG or TIFF.</source>
      <translation>请存为 PNG 或 TIFF。</translation>
    </message>
    <message>
      <source>Save it as PNG.</source>
      <translation>请存为 PNG。</translation>
    </message>
    <message>
      <source>Save it as UTF-8 text.</source>
      <translation>请存为 UTF-8 文本。</translation>
    </message>
    <message>
      <source>Save it as WAV, FLAC, Ogg or MP3.</source>
      <translation>请存为 WAV、FLAC、Ogg 或 MP3。</translation>
    </message>
    <message>
      <source>Save it with ticks per quarter note.</source>
      <translation>请以每四分音符的 tick 数保存。</translation>
    </message>
    <message>
      <source>Save one of them as MIDI format 0 or 1.</source>
      <translation>请把其中一首存为 MIDI 格式 0 或 1。</translation>
    </message>
    <message>
      <source>Saving</source>
      <translation>正在保存</translation>
    </message>
    <message>
      <source>Say what it is to sound like.</source>
      <translation>请说说想要什么声音。</translation>
    </message>
    <message>
      <source>Say what the picture should show.</source>
      <translation>请说明图片要画什么。</translation>
    </message>
    <message>
      <source>Says it in a few sentences.</source>
      <translation>用几句话概括。</translation>
    </message>
    <message>
      <source>Says the same anew: shorter, longer, or in another tone.</source>
      <translation>换个说法：更短、更长，或换一种语气。</translation>
    </message>
    <message>
      <source>Scale it first.</source>
      <translation>请先缩放它。</translation>
    </message>
    <message>
      <source>Scheduler</source>
      <translation>调度器</translation>
    </message>
    <message>
      <source>Screen print</source>
      <translation>丝网印刷</translation>
    </message>
    <message>
      <source>Seamless tile</source>
      <translation>无缝平铺</translation>
    </message>
    <message>
      <source>Set Clean to 0 or 1.</source>
      <translation>请把“清理”设为 0 或 1。</translation>
    </message>
    <message>
      <source>Share of the free memory that loaded models may keep.</source>
      <translation>已加载的模型可占用的空闲内存比例。</translation>
    </message>
    <message>
      <source>Shorten memory, story cards or conversation, or use a model with a longer context.</source>
      <translation>请缩短记忆、故事卡片或对话，或换用上下文更长的模型。</translation>
    </message>
    <message>
      <source>Shorten them, or use a model with a longer context.</source>
      <translation>请缩短，或改用上下文更长的模型。</translation>
    </message>
    <message>
      <source>Side of the pieces the picture is worked in; 0 finds it by measuring.</source>
      <translation>分块处理的边长；0 表示自动测定。</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Soft</source>
      <translation>柔和</translation>
    </message>
    <message>
      <source>Softens the edge of the mask outwards.</source>
      <translation>向外柔化蒙版边缘。</translation>
    </message>
    <message>
      <source>Something went wrong inside Atelier.</source>
      <translation>Atelier 内部出错了。</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>Sound from words</source>
      <translation>由文字生成声音</translation>
    </message>
    <message>
      <source>SoundFonts end in .sf2 or .sf3.</source>
      <translation>音色库文件以 .sf2 或 .sf3 结尾。</translation>
    </message>
    <message>
      <source>Stable Diffusion 1 and XL are; look for others as a folder with model_index.json.</source>
      <translation>Stable Diffusion 1 和 XL 可以；其他的请找带 model_index.json 的文件夹。</translation>
    </message>
    <message>
      <source>Stable Diffusion 1, 2, XL and 3, Flux and Lumina can be used.</source>
      <translation>可用 Stable Diffusion 1、2、XL、3，以及 Flux 和 Lumina。</translation>
    </message>
    <message>
      <source>Start from this</source>
      <translation>从这张开始</translation>
    </message>
    <message>
      <source>Step {step} of {steps}</source>
      <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>步数</translation>
    </message>
    <message>
      <source>Stop words</source>
      <translation>停止词</translation>
    </message>
    <message>
      <source>Stopped early: the same recipe would write more.</source>
      <translation>提前停止：同一配方本可写得更长。</translation>
    </message>
    <message>
      <source>Story cards</source>
      <translation>故事卡片</translation>
    </message>
    <message>
      <source>Strength</source>
      <translation>强度</translation>
    </message>
    <message>
      <source>String quartet</source>
      <translation>弦乐四重奏</translation>
    </message>
    <message>
      <source>Style</source>
      <translation>风格</translation>
    </message>
    <message>
      <source>Style and Upscale need 1 x 3 x height x width, Upscale takes 1 x 1 too.</source>
      <translation>风格和放大需要 1 x 3 x 高 x 宽；放大也接受 1 x 1。</translation>
    </message>
    <message>
      <source>Style only here</source>
      <translation>仅在此处重绘</translation>
    </message>
    <message>
      <source>Style takes fast-neural-style networks and VGG-19, Upscale the usual upscalers; both take ONNX networks.</source>
      <translation>风格接受快速风格网络和 VGG-19，放大接受常见的放大网络，两者都接受 ONNX 网络。</translation>
    </message>
    <message>
      <source>Such as 512x512; empty is what the model paints best.</source>
      <translation>例如 512x512；留空用模型最擅长的尺寸。</translation>
    </message>
    <message>
      <source>Such as C Am F G: one to a bar, or with | between bars. Empty: those of the notes, or as it comes.</source>
      <translation>例如 C Am F G：一小节一个，或用 | 分隔小节。留空：按音符里的，或随意。</translation>
    </message>
    <message>
      <source>Summarise</source>
      <translation>摘要</translation>
    </message>
    <message>
      <source>Switch patterns off to find it as it stands.</source>
      <translation>关闭模式匹配即可按原样查找。</translation>
    </message>
    <message>
      <source>TIFF</source>
      <translation>TIFF</translation>
    </message>
    <message>
      <source>Take it out of the trash.</source>
      <translation>请把它从回收站取出。</translation>
    </message>
    <message>
      <source>Take some out.</source>
      <translation>请去掉几幅。</translation>
    </message>
    <message>
      <source>Take some values out.</source>
      <translation>请去掉一些值。</translation>
    </message>
    <message>
      <source>Talk</source>
      <translation>对话</translation>
    </message>
    <message>
      <source>Talks with you about the page.</source>
      <translation>和你谈谈这一页。</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>Tempo</source>
      <translation>速度</translation>
    </message>
    <message>
      <source>Texts that are never written, one to a line.</source>
      <translation>绝不写出的文字，每行一条。</translation>
    </message>
    <message>
      <source>Texts that end it, one to a line; \n is a new line.</source>
      <translation>遇到就停止的文字，每行一条；\n 表示换行。</translation>
    </message>
    <message>
      <source>The SoundFont {name} has no instruments.</source>
      <translation>音色库 {name} 里没有乐器。</translation>
    </message>
    <message>
      <source>The SoundFont {name} has no sound in it.</source>
      <translation>音色库 {name} 里没有声音。</translation>
    </message>
    <message>
      <source>The SoundFont {name} is cut off: {size:,} of {whole:,} KB are there.</source>
      <translation>音色库 {name} 不完整：{whole:,} KB 中只有 {size:,} KB。</translation>
    </message>
    <message>
      <source>The SoundFont {name} is damaged.</source>
      <translation>音色库 {name} 已损坏。</translation>
    </message>
    <message>
      <source>The add-on {name} was made for another kind of model; this is {family}.</source>
      <translation>附加模型 {name} 是为另一类模型做的；这个是 {family}。</translation>
    </message>
    <message>
      <source>The arrangement to start from, as `notes.packed` packs it.</source>
      <translation>作为起点的编曲，格式同 `notes.packed`。</translation>
    </message>
    <message>
      <source>The chat template of {name} failed.</source>
      <translation>{name} 的对话模板出错。</translation>
    </message>
    <message>
      <source>The chat template of {name} is broken; it can only write on.</source>
      <translation>{name} 的对话模板已损坏；它只能续写。</translation>
    </message>
    <message>
      <source>The chosen model makes sound, not notes. Choose a model that composes.</source>
      <translation>所选模型生成声音而不是音符。请选会作曲的模型。</translation>
    </message>
    <message>
      <source>The composer does not know a bar of {metre} (bar {number}).</source>
      <translation>作曲模型不认识 {metre} 拍的小节（第 {number} 小节）。</translation>
    </message>
    <message>
      <source>The conversation cannot be read.</source>
      <translation>无法读取这段对话。</translation>
    </message>
    <message>
      <source>The decoder {name} could not be loaded: it is damaged, or of a form that is not known here.</source>
      <translation>无法加载解码器 {name}：已损坏，或是这里不认识的形式。</translation>
    </message>
    <message>
      <source>The decoder {name} was made for another kind of model.</source>
      <translation>解码器 {name} 是为另一类模型做的。</translation>
    </message>
    <message>
      <source>The disk is full: {name} could not be changed.</source>
      <translation>磁盘已满：无法修改 {name}。</translation>
    </message>
    <message>
      <source>The disk is full: {name} was not written.</source>
      <translation>磁盘已满：{name} 没有写入。</translation>
    </message>
    <message>
      <source>The download did not work: {reason}.</source>
      <translation>下载失败：{reason}。</translation>
    </message>
    <message>
      <source>The download stopped at {done:,} of {size:,} MB.</source>
      <translation>下载中断于 {done:,} MB，共 {size:,} MB。</translation>
    </message>
    <message>
      <source>The engine could not be started.</source>
      <translation>无法启动引擎。</translation>
    </message>
    <message>
      <source>The engine crashed. Your project is safe.</source>
      <translation>引擎崩溃了。您的项目安然无恙。</translation>
    </message>
    <message>
      <source>The family of {title} cannot be set.</source>
      <translation>{title} 的类别不能设置。</translation>
    </message>
    <message>
      <source>The file is marked as read-only.</source>
      <translation>该文件标记为只读。</translation>
    </message>
    <message>
      <source>The file may be damaged, or made for a newer version of Atelier.</source>
      <translation>文件可能已损坏，或是为更新版本的 Atelier 制作的。</translation>
    </message>
    <message>
      <source>The file {file} of the model {model} has changed.</source>
      <translation>模型 {model} 的文件 {file} 已改变。</translation>
    </message>
    <message>
      <source>The file {name} holds no weights.</source>
      <translation>文件 {name} 中没有权重。</translation>
    </message>
    <message>
      <source>The file {name} is damaged or holds no weights.</source>
      <translation>文件 {name} 已损坏或没有权重。</translation>
    </message>
    <message>
      <source>The file {name} is damaged.</source>
      <translation>文件 {name} 已损坏。</translation>
    </message>
    <message>
      <source>The file {name} of this model is missing or changed.</source>
      <translation>此模型的文件 {name} 缺失或已改变。</translation>
    </message>
    <message>
      <source>The file {name} would run code when opened, so it was refused.</source>
      <translation>文件 {name} 打开时会运行代码，因此已拒绝。</translation>
    </message>
    <message>
      <source>The file's name is too long to save safely. Give it a shorter one.</source>
      <translation>文件名太长，无法安全保存。请改短一些。</translation>
    </message>
    <message>
      <source>The filter that came with {name} held this picture back.</source>
      <translation>{name} 自带的过滤器拦下了这张图。</translation>
    </message>
    <message>
      <source>The first bar to make anew; 0 is the first there is.</source>
      <translation>要重做的第一个小节；0 表示最前面的。</translation>
    </message>
    <message>
      <source>The gap is empty: it begins with bar {first} and ends with bar {last}.</source>
      <translation>空缺是空的：从第 {first} 小节到第 {last} 小节。</translation>
    </message>
    <message>
      <source>The graphics memory ran out, so the CPU enlarged this.</source>
      <translation>显存不足，所以由 CPU 放大。</translation>
    </message>
    <message>
      <source>The graphics memory ran out, so the CPU was used.</source>
      <translation>显存不足，因此改用 CPU。</translation>
    </message>
    <message>
      <source>The language model could not do this.</source>
      <translation>语言模型未能完成。</translation>
    </message>
    <message>
      <source>The language model does not answer.</source>
      <translation>语言模型没有响应。</translation>
    </message>
    <message>
      <source>The language model stopped with an error.</source>
      <translation>语言模型出错停止。</translation>
    </message>
    <message>
      <source>The language model {name} is damaged or cut off.</source>
      <translation>语言模型 {name} 已损坏或不完整。</translation>
    </message>
    <message>
      <source>The last bar to make anew; 0 is the last there is.</source>
      <translation>要重做的最后一个小节；0 表示最后面的。</translation>
    </message>
    <message>
      <source>The left edge fits the right one, and the top the bottom.</source>
      <translation>左右边缘相接，上下边缘相接。</translation>
    </message>
    <message>
      <source>The list of this model's parts is missing ({name}).</source>
      <translation>缺少这个模型的分片清单（{name}）。</translation>
    </message>
    <message>
      <source>The mask has another size than the picture.</source>
      <translation>蒙版和图片大小不同。</translation>
    </message>
    <message>
      <source>The mask has {mask_width} x {mask_height} pixels, the picture {width} x {height}.</source>
      <translation>蒙版是 {mask_width} × {mask_height} 像素，图片是 {width} × {height}。</translation>
    </message>
    <message>
      <source>The mask was scaled to the picture.</source>
      <translation>蒙版已缩放到图片大小。</translation>
    </message>
    <message>
      <source>The metre stays, since some notes are locked.</source>
      <translation>有音符锁定，拍号不变。</translation>
    </message>
    <message>
      <source>The model can write {most} tracks at once: the others stay as they are.</source>
      <translation>模型一次能写 {most} 条音轨：其余保持原样。</translation>
    </message>
    <message>
      <source>The model can write {most} tracks at once: those with the most notes go on, the others rest.</source>
      <translation>模型一次能写 {most} 条音轨：音符最多的继续，其余休止。</translation>
    </message>
    <message>
      <source>The model cannot count {old}; the new bars are in {new}.</source>
      <translation>模型数不了 {old}；新小节用 {new}。</translation>
    </message>
    <message>
      <source>The model gave silence.</source>
      <translation>模型给出的是静音。</translation>
    </message>
    <message>
      <source>The model had nothing to add.</source>
      <translation>模型没有可补充的内容。</translation>
    </message>
    <message>
      <source>The model hears {most} tracks at once: it went by those with the most notes.</source>
      <translation>模型一次能听 {most} 条音轨：以音符最多的为准。</translation>
    </message>
    <message>
      <source>The model in the box knows none of these words.</source>
      <translation>自带的模型一个词也不认识。</translation>
    </message>
    <message>
      <source>The model in the box writes notes; sound needs one of the MusicGen kind.</source>
      <translation>自带的模型写音符；声音需要 MusicGen 类的模型。</translation>
    </message>
    <message>
      <source>The model in {folder} is damaged: its model.json cannot be read.</source>
      <translation>{folder} 中的模型已损坏：无法读取 model.json。</translation>
    </message>
    <message>
      <source>The model made one flat colour of this picture.</source>
      <translation>模型把这张图变成了一片纯色。</translation>
    </message>
    <message>
      <source>The model painted one flat colour.</source>
      <translation>模型只画出了一片单色。</translation>
    </message>
    <message>
      <source>The model painted something that is no picture.</source>
      <translation>模型画出的不是图片。</translation>
    </message>
    <message>
      <source>The model saw only the first {words:,} words; the text after did not fit.</source>
      <translation>模型只看到了前 {words:,} 词；后面的放不下。</translation>
    </message>
    <message>
      <source>The model saw only the last {words:,} words; the text before did not fit.</source>
      <translation>模型只看到最后 {words:,} 个词，更早的文字放不下。</translation>
    </message>
    <message>
      <source>The model that paints; empty means the one in the box.</source>
      <translation>用来绘制的模型；留空则使用自带的模型。</translation>
    </message>
    <message>
      <source>The model wrote no notes.</source>
      <translation>模型没有写出音符。</translation>
    </message>
    <message>
      <source>The model {model} does not give a picture.</source>
      <translation>模型 {model} 不输出图片。</translation>
    </message>
    <message>
      <source>The model {model} does not say what it is.</source>
      <translation>模型 {model} 没有说明自己是什么。</translation>
    </message>
    <message>
      <source>The model {model} does not take one colour picture.</source>
      <translation>模型 {model} 不接受单张彩色图片。</translation>
    </message>
    <message>
      <source>The model {model} gave numbers that are not numbers.</source>
      <translation>模型 {model} 给出了无效数值。</translation>
    </message>
    <message>
      <source>The model {model} has lost its file {name}.</source>
      <translation>模型 {model} 缺少文件 {name}。</translation>
    </message>
    <message>
      <source>The model {model} has lost its file.</source>
      <translation>模型 {model} 缺少文件。</translation>
    </message>
    <message>
      <source>The model {model} is damaged: its model.json does not list its networks.</source>
      <translation>模型 {model} 已损坏：model.json 没有列出它的网络。</translation>
    </message>
    <message>
      <source>The model {model} lacks its part {part}.</source>
      <translation>模型 {model} 缺少 {part} 部分。</translation>
    </message>
    <message>
      <source>The model {model} lacks {part}, or it has another shape.</source>
      <translation>模型 {model} 缺少 {part}，或其形状不符。</translation>
    </message>
    <message>
      <source>The model {model} speaks another language of notes.</source>
      <translation>模型 {model} 用的是另一种音符语言。</translation>
    </message>
    <message>
      <source>The model {model} was not used this time.</source>
      <translation>这次没有使用模型 {model}。</translation>
    </message>
    <message>
      <source>The model {name} could not be used.</source>
      <translation>无法使用模型 {name}。</translation>
    </message>
    <message>
      <source>The name {name} is too long.</source>
      <translation>名称 {name} 太长。</translation>
    </message>
    <message>
      <source>The name {start}… is too long: it takes {size} bytes, and 255 is the most.</source>
      <translation>名称 {start}… 太长：占 {size} 字节，最多 255 字节。</translation>
    </message>
    <message>
      <source>The networks {first} and {second} cannot be mixed: their part {part} differs.</source>
      <translation>网络 {first} 与 {second} 无法混合：{part} 部分不同。</translation>
    </message>
    <message>
      <source>The notes on the page are damaged.</source>
      <translation>页面上的音符已损坏。</translation>
    </message>
    <message>
      <source>The numbers overflowed, so this was enlarged once more in full precision.</source>
      <translation>数值溢出，已用全精度重新放大。</translation>
    </message>
    <message>
      <source>The numbers overflowed, so this was painted once more in full precision.</source>
      <translation>计算溢出，因此已用全精度重画一次。</translation>
    </message>
    <message>
      <source>The one in the box composes; sound needs a model of the MusicGen kind.</source>
      <translation>自带的会作曲；声音需要 MusicGen 类的模型。</translation>
    </message>
    <message>
      <source>The one in the box paints stickers and icons; bring larger ones for more.</source>
      <translation>自带的模型画贴纸和图标；想画更多请导入更大的模型。</translation>
    </message>
    <message>
      <source>The one in the box writes on; instruction models do more.</source>
      <translation>自带的模型只续写；会听指令的模型能做更多。</translation>
    </message>
    <message>
      <source>The original file is not in this project any more.</source>
      <translation>原始文件已不在此项目中。</translation>
    </message>
    <message>
      <source>The others are here.</source>
      <translation>其余的都在。</translation>
    </message>
    <message>
      <source>The part of the text that it is about; empty means all of it.</source>
      <translation>要处理的那部分文字；空着表示全部。</translation>
    </message>
    <message>
      <source>The part {text} lies outside the picture of {width} x {height}.</source>
      <translation>局部 {text} 超出了 {width} x {height} 的图片。</translation>
    </message>
    <message>
      <source>The picture to start from has another size than the one to paint.</source>
      <translation>起始图片和要画的大小不同。</translation>
    </message>
    <message>
      <source>The pixels are the same, the file was written differently.</source>
      <translation>像素相同，只是文件写法不同。</translation>
    </message>
    <message>
      <source>The presets could not be kept: {reason}.</source>
      <translation>预设未能保存：{reason}。</translation>
    </message>
    <message>
      <source>The recipe is too big for a picture: {size:,} KB; {most:,} KB is the most.</source>
      <translation>配方太大，图片放不下：{size:,} KB，最多 {most:,} KB。</translation>
    </message>
    <message>
      <source>The recipe is too big for a sound file: {size:,} KB; {most:,} KB is the most.</source>
      <translation>配方对声音文件来说太大：{size:,} KB；最多 {most:,} KB。</translation>
    </message>
    <message>
      <source>The replacement is no pattern: {reason}.</source>
      <translation>替换内容不是有效的模式：{reason}。</translation>
    </message>
    <message>
      <source>The result could not be handed over: {reason}.</source>
      <translation>无法交付成品：{reason}。</translation>
    </message>
    <message>
      <source>The result of {name} is not in the project any more.</source>
      <translation>{name} 的成品已不在项目里。</translation>
    </message>
    <message>
      <source>The result was lost on its way to the window: {reason}.</source>
      <translation>成品在送往窗口途中丢失：{reason}。</translation>
    </message>
    <message>
      <source>The result would have {megapixels:,} megapixels ({width:,} x {height:,}); {most:,} is the most.</source>
      <translation>成品将有 {megapixels:,} 百万像素（{width:,} x {height:,}），最多 {most:,}。</translation>
    </message>
    <message>
      <source>The same for rows.</source>
      <translation>对行也一样。</translation>
    </message>
    <message>
      <source>The same in a second direction.</source>
      <translation>沿第二个方向，同上。</translation>
    </message>
    <message>
      <source>The same request gave fewer results.</source>
      <translation>同样的请求得到的成品变少了。</translation>
    </message>
    <message>
      <source>The story cards cannot be read.</source>
      <translation>无法读取故事卡。</translation>
    </message>
    <message>
      <source>The styles could not be kept: {reason}.</source>
      <translation>风格未能保存：{reason}。</translation>
    </message>
    <message>
      <source>The system stopped the work, most likely because memory ran out.</source>
      <translation>系统中止了工作，很可能是内存不足。</translation>
    </message>
    <message>
      <source>The text to continue.</source>
      <translation>要续写的文字。</translation>
    </message>
    <message>
      <source>The tokenizer of this model is in an older form (tokenizer.model).</source>
      <translation>这个模型的分词器是旧格式（tokenizer.model）。</translation>
    </message>
    <message>
      <source>The tokenizer of this model is missing.</source>
      <translation>缺少这个模型的分词器。</translation>
    </message>
    <message>
      <source>The way from noise to picture; default is the model's own.</source>
      <translation>从噪声到图片的走法；默认用模型自己的。</translation>
    </message>
    <message>
      <source>The weights of this model are in a form that may run code when opened ({name}).</source>
      <translation>这个模型的权重格式在打开时可能运行代码（{name}）。</translation>
    </message>
    <message>
      <source>The weights of this model are missing.</source>
      <translation>缺少这个模型的权重。</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>There are GGUF files in this folder.</source>
      <translation>这个文件夹里有 GGUF 文件。</translation>
    </message>
    <message>
      <source>There are no chords to write a melody over.</source>
      <translation>没有和弦可以写旋律。</translation>
    </message>
    <message>
      <source>There are no notes to add to.</source>
      <translation>没有音符可以添加。</translation>
    </message>
    <message>
      <source>There are no notes to go on from.</source>
      <translation>没有可以接着写的音符。</translation>
    </message>
    <message>
      <source>There are no notes to vary.</source>
      <translation>没有音符可以变化。</translation>
    </message>
    <message>
      <source>There are no notes to write down.</source>
      <translation>没有音符可以写下。</translation>
    </message>
    <message>
      <source>There are no words to make a sound from.</source>
      <translation>没有文字可以生成声音。</translation>
    </message>
    <message>
      <source>There are no words to paint from.</source>
      <translation>没有可画的文字。</translation>
    </message>
    <message>
      <source>There are only drums here, and drums have no harmony.</source>
      <translation>这里只有鼓，鼓没有和声。</translation>
    </message>
    <message>
      <source>There are only drums on the roll. This needs a melody.</source>
      <translation>卷帘上只有鼓。这需要一段旋律。</translation>
    </message>
    <message>
      <source>There are too few sentences to pick from.</source>
      <translation>句子太少，无从挑选。</translation>
    </message>
    <message>
      <source>There are {count} tracks; the composer can hear {most} at once.</source>
      <translation>有 {count} 条音轨；作曲模型一次能听 {most} 条。</translation>
    </message>
    <message>
      <source>There are: {known}.</source>
      <translation>现有：{known}。</translation>
    </message>
    <message>
      <source>There can be 0 to 5 stars, not {stars}.</source>
      <translation>星级为 0 到 5，不能是 {stars}。</translation>
    </message>
    <message>
      <source>There can be no sheet over {name}.</source>
      <translation>不能对 {name} 做对照表。</translation>
    </message>
    <message>
      <source>There can be over {known}.</source>
      <translation>可以对 {known} 做。</translation>
    </message>
    <message>
      <source>There is a mask but no picture to paint in.</source>
      <translation>有蒙版，但没有可画的图片。</translation>
    </message>
    <message>
      <source>There is a silence in this piece that is longer than a MIDI file can hold.</source>
      <translation>这首曲子里有一段静默，长得 MIDI 文件放不下。</translation>
    </message>
    <message>
      <source>There is already a file {name}.</source>
      <translation>已经有文件 {name}。</translation>
    </message>
    <message>
      <source>There is no SoundFont on this machine.</source>
      <translation>这台机器上没有音色库。</translation>
    </message>
    <message>
      <source>There is no SoundFont {name}.</source>
      <translation>没有音色库 {name}。</translation>
    </message>
    <message>
      <source>There is no bar {number}; the piece has {count}.</source>
      <translation>没有第 {number} 小节；这首曲子有 {count} 小节。</translation>
    </message>
    <message>
      <source>There is no device called {wanted}.</source>
      <translation>没有名为 {wanted} 的设备。</translation>
    </message>
    <message>
      <source>There is no export as {format}.</source>
      <translation>不能导出为 {format}。</translation>
    </message>
    <message>
      <source>There is no family {name} for this.</source>
      <translation>没有类别 {name}。</translation>
    </message>
    <message>
      <source>There is no file {name}.</source>
      <translation>没有文件 {name}。</translation>
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation>没有文件 {path}。</translation>
    </message>
    <message>
      <source>There is no folder {folder}.</source>
      <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
      <source>There is no list of words called {name}.</source>
      <translation>没有名为 {name} 的词表。</translation>
    </message>
    <message>
      <source>There is no melody to harmonise.</source>
      <translation>没有旋律可以配和声。</translation>
    </message>
    <message>
      <source>There is no melody to keep.</source>
      <translation>没有旋律可以保留。</translation>
    </message>
    <message>
      <source>There is no model {name}, nor any other.</source>
      <translation>没有模型 {name}，也没有其他模型。</translation>
    </message>
    <message>
      <source>There is no model {name}.</source>
      <translation>没有模型 {name}。</translation>
    </message>
    <message>
      <source>There is no picture to paint on from.</source>
      <translation>没有可以接着画的图片。</translation>
    </message>
    <message>
      <source>There is no question to answer.</source>
      <translation>没有要回答的问题。</translation>
    </message>
    <message>
      <source>There is no score in {name}.</source>
      <translation>{name} 里没有乐谱。</translation>
    </message>
    <message>
      <source>There is no size to enlarge to.</source>
      <translation>没有给出要放大到的尺寸。</translation>
    </message>
    <message>
      <source>There is no style to paint in.</source>
      <translation>没有可依照的风格。</translation>
    </message>
    <message>
      <source>There is no text for this.</source>
      <translation>没有可处理的文字。</translation>
    </message>
    <message>
      <source>There is no track to fill.</source>
      <translation>没有音轨可以填补。</translation>
    </message>
    <message>
      <source>There is no track {number}; the piece has {count}.</source>
      <translation>没有第 {number} 条音轨；这首曲子有 {count} 条。</translation>
    </message>
    <message>
      <source>There is no {name} Atelier can use here.</source>
      <translation>这里没有 Atelier 可用的 {name}。</translation>
    </message>
    <message>
      <source>There is nothing to continue.</source>
      <translation>没有可续写的内容。</translation>
    </message>
    <message>
      <source>There is nothing to download by the name {name}.</source>
      <translation>没有名为 {name} 的可下载内容。</translation>
    </message>
    <message>
      <source>There is {known}.</source>
      <translation>可选：{known}。</translation>
    </message>
    <message>
      <source>There was not enough memory for this.</source>
      <translation>内存不足，无法完成。</translation>
    </message>
    <message>
      <source>There was not enough memory to enlarge this.</source>
      <translation>内存不足，无法放大。</translation>
    </message>
    <message>
      <source>There was not enough memory to load {name}.</source>
      <translation>内存不足，无法加载 {name}。</translation>
    </message>
    <message>
      <source>There was not enough memory to open this picture.</source>
      <translation>内存不足，无法打开这张图片。</translation>
    </message>
    <message>
      <source>There was not enough memory to use {name}.</source>
      <translation>内存不足，无法使用 {name}。</translation>
    </message>
    <message>
      <source>There was not enough memory to write on.</source>
      <translation>内存不足，无法继续写。</translation>
    </message>
    <message>
      <source>This MusicGen has a part of a kind that is not known here ({part}: {kind}).</source>
      <translation>这个 MusicGen 有一部分是这里不认识的（{part}：{kind}）。</translation>
    </message>
    <message>
      <source>This MusicGen is in a form that may run code when opened ({name}).</source>
      <translation>这个 MusicGen 的格式打开时可能运行代码（{name}）。</translation>
    </message>
    <message>
      <source>This ONNX file is too big: {size:,} MB; {most:,} MB is the most.</source>
      <translation>此 ONNX 文件太大：{size:,} MB，最多 {most:,} MB。</translation>
    </message>
    <message>
      <source>This ONNX network does not take a picture but {shape} numbers.</source>
      <translation>这个 ONNX 网络接收的不是图片，而是 {shape} 个数。</translation>
    </message>
    <message>
      <source>This ONNX network gives no picture.</source>
      <translation>此 ONNX 网络不输出图片。</translation>
    </message>
    <message>
      <source>This ONNX network makes pictures {scale} times as large: that is no whole factor.</source>
      <translation>这个 ONNX 网络把图片放大 {scale} 倍，不是整数倍。</translation>
    </message>
    <message>
      <source>This ONNX network takes {count} inputs; Style and Upscale need one with a single picture.</source>
      <translation>这个 ONNX 网络有 {count} 个输入；风格和放大需要只接收一张图片的网络。</translation>
    </message>
    <message>
      <source>This TIFF picture is damaged and cannot be read.</source>
      <translation>这张 TIFF 图片已损坏，无法读取。</translation>
    </message>
    <message>
      <source>This add-on for an image generator is of a kind that is not read here (LyCORIS).</source>
      <translation>这种图像附加模型（LyCORIS）这里读不了。</translation>
    </message>
    <message>
      <source>This archive holds no model that can be read here, or it is cut off.</source>
      <translation>此压缩包中没有这里能读取的模型，或文件不完整。</translation>
    </message>
    <message>
      <source>This batch cannot be read any more.</source>
      <translation>这个批处理已无法读取。</translation>
    </message>
    <message>
      <source>This cannot be exported yet.</source>
      <translation>暂时还不能导出它。</translation>
    </message>
    <message>
      <source>This composer knows {count} signs; Atelier's notes need {needed}.</source>
      <translation>这个作曲模型认识 {count} 个符号；Atelier 的音符需要 {needed} 个。</translation>
    </message>
    <message>
      <source>This decoder is of a kind that is not known here ({kind}).</source>
      <translation>这个解码器是这里不认识的种类（{kind}）。</translation>
    </message>
    <message>
      <source>This fast style network does not fit together: {name} has the shape {shape}.</source>
      <translation>此快速风格网络各部分不匹配：{name} 的形状是 {shape}。</translation>
    </message>
    <message>
      <source>This fast style network is incomplete: {name} is missing, and {count} in all.</source>
      <translation>此快速风格网络不完整：缺少 {name}，共缺 {count} 项。</translation>
    </message>
    <message>
      <source>This file has only a vocabulary; the model's weights are missing.</source>
      <translation>这个文件只有词表，缺少模型权重。</translation>
    </message>
    <message>
      <source>This file holds no weights.</source>
      <translation>此文件中没有权重。</translation>
    </message>
    <message>
      <source>This file is cut off: only {there:,} KB are there.</source>
      <translation>此文件不完整：只有 {there:,} KB。</translation>
    </message>
    <message>
      <source>This file is cut off: only {there:,} bytes are there.</source>
      <translation>此文件不完整：只有 {there:,} 字节。</translation>
    </message>
    <message>
      <source>This file is cut off: {there:,} of {expected:,} KB are there.</source>
      <translation>此文件不完整：应有 {expected:,} KB，只有 {there:,} KB。</translation>
    </message>
    <message>
      <source>This file is cut off: {there:,} of {expected:,} MB are there.</source>
      <translation>此文件不完整：应有 {expected:,} MB，只有 {there:,} MB。</translation>
    </message>
    <message>
      <source>This file is cut off: {there:,} of {expected:,} bytes are there.</source>
      <translation>此文件不完整：应有 {expected:,} 字节，只有 {there:,} 字节。</translation>
    </message>
    <message>
      <source>This file is empty: it has 0 bytes.</source>
      <translation>此文件是空的：0 字节。</translation>
    </message>
    <message>
      <source>This file is too big for a picture: {size:,} MB; {limit:,} MB is the most.</source>
      <translation>此文件太大，不像图片：{size:,} MB，最多 {limit:,} MB。</translation>
    </message>
    <message>
      <source>This file would run code when opened ({name}).</source>
      <translation>此文件打开时会运行代码（{name}）。</translation>
    </message>
    <message>
      <source>This fills holes: it takes two inputs, a picture and a mask ({architecture}).</source>
      <translation>这是补洞网络：需要图片和蒙版两个输入（{architecture}）。</translation>
    </message>
    <message>
      <source>This image generator is of a kind that is not known here ({kind}).</source>
      <translation>这里不认识这种图像生成模型（{kind}）。</translation>
    </message>
    <message>
      <source>This is a VGG network with {count} convolutions; Fine takes VGG-19, which has 16.</source>
      <translation>这是有 {count} 个卷积层的 VGG 网络；“精细”要用有 16 个卷积层的 VGG-19。</translation>
    </message>
    <message>
      <source>This is a camera raw file.</source>
      <translation>这是相机 RAW 文件。</translation>
    </message>
    <message>
      <source>This is a fast style network with a part that does not belong: {name}.</source>
      <translation>此快速风格网络含有不该有的部分：{name}。</translation>
    </message>
    <message>
      <source>This is a network of a kind Atelier does not know.</source>
      <translation>这是 Atelier 不认识的网络。</translation>
    </message>
    <message>
      <source>This is a picture ({kind}), not a model.</source>
      <translation>这是图片（{kind}），不是模型。</translation>
    </message>
    <message>
      <source>This is a web page, not a model.</source>
      <translation>这是网页，不是模型。</translation>
    </message>
    <message>
      <source>This is a {what} in a GGUF file; Write takes language models.</source>
      <translation>这是 GGUF 文件里的{what}；写作只接受语言模型。</translation>
    </message>
    <message>
      <source>This is a {what}, not a model.</source>
      <translation>这是 {what}，不是模型。</translation>
    </message>
    <message>
      <source>This is a {what}; Atelier has no use for it.</source>
      <translation>这是 {what}，Atelier 用不到它。</translation>
    </message>
    <message>
      <source>This is a {what}; Music takes MusicGen models.</source>
      <translation>这是 {what}；音乐用 MusicGen 模型。</translation>
    </message>
    <message>
      <source>This is a {what}; Write takes language models.</source>
      <translation>这是{what}；写作只接受语言模型。</translation>
    </message>
    <message>
      <source>This is an upscaler of a kind that is not known here.</source>
      <translation>这是一种尚不认识的放大模型。</translation>
    </message>
    <message>
      <source>This is no pattern: {reason}.</source>
      <translation>这不是有效的模式：{reason}。</translation>
    </message>
    <message>
      <source>This is not a model that can be read here, or it is damaged.</source>
      <translation>这不是这里能读取的模型，或已损坏。</translation>
    </message>
    <message>
      <source>This is not a picture that can be read here but a {what}.</source>
      <translation>这不是这里能读取的图片，而是 {what}。</translation>
    </message>
    <message>
      <source>This is not a picture that can be read here.</source>
      <translation>这不是这里能读取的图片。</translation>
    </message>
    <message>
      <source>This is not in the project any more.</source>
      <translation>它已不在项目中。</translation>
    </message>
    <message>
      <source>This is one of {count} parts of a language model.</source>
      <translation>这是语言模型 {count} 个分片中的一个。</translation>
    </message>
    <message>
      <source>This is one part of an image generator ({name}), without its description.</source>
      <translation>这是图像模型的一个部件（{name}），缺少说明文件。</translation>
    </message>
    <message>
      <source>This is only a note that stands for the model (Git LFS), not the model.</source>
      <translation>这只是模型的占位说明（Git LFS），不是模型本身。</translation>
    </message>
    <message>
      <source>This is text, not a model.</source>
      <translation>这是文本，不是模型。</translation>
    </message>
    <message>
      <source>This is text, not a picture.</source>
      <translation>这是文本，不是图片。</translation>
    </message>
    <message>
      <source>This is {what} in one file, which is not read here.</source>
      <translation>这是单文件的 {what}，这里读不了。</translation>
    </message>
    <message>
      <source>This is {what}, in a form that is not read here.</source>
      <translation>这是{what}，这种形式这里读不了。</translation>
    </message>
    <message>
      <source>This is {what}, not the model itself.</source>
      <translation>这是{what}，不是模型本身。</translation>
    </message>
    <message>
      <source>This job is not in the queue any more.</source>
      <translation>此任务已不在队列中。</translation>
    </message>
    <message>
      <source>This language model has no vocabulary.</source>
      <translation>这个语言模型没有词表。</translation>
    </message>
    <message>
      <source>This language model is damaged or cut off: its header cannot be read.</source>
      <translation>这个语言模型已损坏或不完整：文件头无法读取。</translation>
    </message>
    <message>
      <source>This language model is in a form of 2023 that is no longer read (GGUF 1).</source>
      <translation>这个语言模型是 2023 年的旧格式，已不再支持（GGUF 1）。</translation>
    </message>
    <message>
      <source>This language model was made for another kind of computer (big-endian).</source>
      <translation>这个语言模型是为另一类计算机制作的（大端序）。</translation>
    </message>
    <message>
      <source>This mends cut-out faces of 512 x 512 only ({architecture}).</source>
      <translation>它只修复裁好的 512 x 512 人脸（{architecture}）。</translation>
    </message>
    <message>
      <source>This model brings a program of its own, which would run here.</source>
      <translation>这个模型自带程序，会在这里运行。</translation>
    </message>
    <message>
      <source>This model cannot follow a tune; it went by the words alone.</source>
      <translation>这个模型不能跟随旋律；只按文字来了。</translation>
    </message>
    <message>
      <source>This model cannot paint seamless pictures.</source>
      <translation>这个模型画不了无缝图片。</translation>
    </message>
    <message>
      <source>This model cannot read words: its tokenizer is missing ({name}).</source>
      <translation>这个模型读不了文字：缺少分词器（{name}）。</translation>
    </message>
    <message>
      <source>This model cleans and does not enlarge, so the size was made by resampling.</source>
      <translation>这个模型只清理不放大，尺寸由重采样得到。</translation>
    </message>
    <message>
      <source>This model does not hear what should not be in the picture.</source>
      <translation>这个模型不理会“不要出现”的内容。</translation>
    </message>
    <message>
      <source>This model file is damaged.</source>
      <translation>此模型文件已损坏。</translation>
    </message>
    <message>
      <source>This model finds texts that are alike (embeddings); it cannot write.</source>
      <translation>这个模型用于查找相似文本（嵌入），不能写作。</translation>
    </message>
    <message>
      <source>This model follows no instructions: these sentences are picked from the text, word for word.</source>
      <translation>这个模型不会听指令：这些句子是从原文原样挑出的。</translation>
    </message>
    <message>
      <source>This model has a part of a kind that is not known here ({part}: {kind}).</source>
      <translation>这个模型有一部分是这里不认识的（{part}：{kind}）。</translation>
    </message>
    <message>
      <source>This model has no scheduler called {name}.</source>
      <translation>这个模型没有名为 {name} 的调度器。</translation>
    </message>
    <message>
      <source>This model is damaged: {name} cannot be read.</source>
      <translation>这个模型已损坏：无法读取 {name}。</translation>
    </message>
    <message>
      <source>This model keeps its weights in another file ({name}).</source>
      <translation>此模型的权重在另一个文件中（{name}）。</translation>
    </message>
    <message>
      <source>This model needs operators that are not here ({names}).</source>
      <translation>此模型需要这里没有的算子（{names}）。</translation>
    </message>
    <message>
      <source>This model only goes on writing and answers nobody. For a conversation drop a model that follows instructions on the window: a GGUF file with a chat template.</source>
      <translation>这个模型只会续写，不会回答。想要对话，请把会听指令的模型（带对话模板的 GGUF 文件）拖到窗口里。</translation>
    </message>
    <message>
      <source>This model only goes on writing and follows no instructions. For this drop one that does on the window: a GGUF file with a chat template.</source>
      <translation>这个模型只会续写，不会听指令。想做这件事，请把会听指令的模型（带对话模板的 GGUF 文件）拖到窗口里。</translation>
    </message>
    <message>
      <source>This model paints from words alone.</source>
      <translation>这个模型只凭文字作画。</translation>
    </message>
    <message>
      <source>This model paints from words alone: its vae_encoder is missing.</source>
      <translation>这个模型只凭文字作画：缺少 vae_encoder。</translation>
    </message>
    <message>
      <source>This model paints pieces of one size only; larger pictures are put together from them.</source>
      <translation>此模型只能画固定大小的小块；较大的图片由小块拼成。</translation>
    </message>
    <message>
      <source>This model paints sides of {multiple} pixels and more, not {side}.</source>
      <translation>这个模型的边长至少 {multiple} 像素，不能是 {side}。</translation>
    </message>
    <message>
      <source>This model paints sides that are multiples of {multiple}, so {old_width} x {old_height} became {width} x {height}.</source>
      <translation>这个模型的边长须是 {multiple} 的倍数，所以 {old_width} × {old_height} 改成了 {width} × {height}。</translation>
    </message>
    <message>
      <source>This model paints sides that are multiples of {multiple}; {side} is none.</source>
      <translation>这个模型画的边长是 {multiple} 的倍数；{side} 不是。</translation>
    </message>
    <message>
      <source>This model reads pictures too, which Write does not; its parts do not fit.</source>
      <translation>这个模型还会看图片，而写作不会；它的部件对不上。</translation>
    </message>
    <message>
      <source>This model takes no add-ons: it is in ONNX.</source>
      <translation>这个模型是 ONNX 形式，不能用附加模型。</translation>
    </message>
    <message>
      <source>This model was made smaller in a way that is not read here.</source>
      <translation>这个模型的压缩方式这里读不了。</translation>
    </message>
    <message>
      <source>This model was written on a machine with another byte order.</source>
      <translation>此模型是在字节序不同的机器上写成的。</translation>
    </message>
    <message>
      <source>This model {why}.</source>
      <translation>这个模型{why}。</translation>
    </message>
    <message>
      <source>This needs an audio model of the MusicGen kind. Drop its folder on the window.</source>
      <translation>这需要 MusicGen 类的音频模型。请把它的文件夹拖到窗口上。</translation>
    </message>
    <message>
      <source>This network gives {count} channels, not the three of a picture.</source>
      <translation>此网络输出 {count} 个通道，而图片需要三个。</translation>
    </message>
    <message>
      <source>This picture could not be shown.</source>
      <translation>无法显示这张图片。</translation>
    </message>
    <message>
      <source>This picture has no pixels: it is {width} x {height}.</source>
      <translation>这张图片没有像素：{width} × {height}。</translation>
    </message>
    <message>
      <source>This picture has {megapixels:,} megapixels ({width:,} x {height:,}); {most:,} is the most.</source>
      <translation>这张图片有 {megapixels:,} 百万像素（{width:,} × {height:,}），最多 {most:,}。</translation>
    </message>
    <message>
      <source>This piece has too many bars for a written score.</source>
      <translation>这首曲子的小节太多，写不成乐谱。</translation>
    </message>
    <message>
      <source>This piece plays for {hours:.1f} hours; {most} are the most that can be rendered.</source>
      <translation>这首曲子要播 {hours:.1f} 小时；最多能渲染 {most} 小时。</translation>
    </message>
    <message>
      <source>This project cannot be changed here.</source>
      <translation>此项目在这里不能修改。</translation>
    </message>
    <message>
      <source>This recipe is damaged.</source>
      <translation>此配方已损坏。</translation>
    </message>
    <message>
      <source>This sheet would have {count} pictures; {most} is the most.</source>
      <translation>这张对照表会有 {count} 张图片；最多 {most} 张。</translation>
    </message>
    <message>
      <source>This sound cannot be written as {format}.</source>
      <translation>这段声音不能存为 {format}。</translation>
    </message>
    <message>
      <source>This sound is too long for a WAV file: 4 GB is the most.</source>
      <translation>这段声音对 WAV 文件来说太长：最多 4 GB。</translation>
    </message>
    <message>
      <source>This text could not be set as PDF.</source>
      <translation>这段文字无法排成 PDF。</translation>
    </message>
    <message>
      <source>This text has tokens that {name} does not know.</source>
      <translation>文本里有 {name} 不认识的词元。</translation>
    </message>
    <message>
      <source>This text is longer than the model can see at once: {count} of {most} tokens.</source>
      <translation>文本超出模型一次能看的长度：{count} / {most} 个词元。</translation>
    </message>
    <message>
      <source>This {kind} picture is damaged and cannot be copied.</source>
      <translation>这张 {kind} 图片已损坏，无法复制。</translation>
    </message>
    <message>
      <source>This {kind} picture is damaged and cannot be read.</source>
      <translation>此 {kind} 图片已损坏，无法读取。</translation>
    </message>
    <message>
      <source>Tile</source>
      <translation>分块</translation>
    </message>
    <message>
      <source>Tile {done} of {count}</source>
      <translation>第 {done} 块，共 {count} 块</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>Top-p</source>
      <translation>Top-p</translation>
    </message>
    <message>
      <source>Towards it</source>
      <translation>靠近程度</translation>
    </message>
    <message>
      <source>Tracks</source>
      <translation>音轨</translation>
    </message>
    <message>
      <source>Translate</source>
      <translation>翻译</translation>
    </message>
    <message>
      <source>Transparent background</source>
      <translation>透明背景</translation>
    </message>
    <message>
      <source>Try a simpler pattern.</source>
      <translation>请换一个简单些的模式。</translation>
    </message>
    <message>
      <source>Try a smaller size, or close other programs.</source>
      <translation>请减小尺寸，或关闭其他程序。</translation>
    </message>
    <message>
      <source>Try again later; nothing was kept.</source>
      <translation>请稍后重试；没有保留任何内容。</translation>
    </message>
    <message>
      <source>Try again, or use another model.</source>
      <translation>请重试，或换一个模型。</translation>
    </message>
    <message>
      <source>Try again.</source>
      <translation>请重试。</translation>
    </message>
    <message>
      <source>Try again; if it happens again, copy the details and send them to us.</source>
      <translation>请重试；如再次发生，请复制详细信息并发给我们。</translation>
    </message>
    <message>
      <source>Try another model or style.</source>
      <translation>请换一个模型或风格。</translation>
    </message>
    <message>
      <source>Try another model.</source>
      <translation>请换一个模型。</translation>
    </message>
    <message>
      <source>Try another scheduler or other words.</source>
      <translation>请换个调度器或换些文字。</translation>
    </message>
    <message>
      <source>Try another seed or other words.</source>
      <translation>请换个种子或换些文字。</translation>
    </message>
    <message>
      <source>Try another seed, or raise the temperature.</source>
      <translation>请换个种子，或调高温度。</translation>
    </message>
    <message>
      <source>Try exporting it instead.</source>
      <translation>请改用导出。</translation>
    </message>
    <message>
      <source>Turns it into a talk between two people.</source>
      <translation>改写成两个人的对话。</translation>
    </message>
    <message>
      <source>Unlock a track, then try again.</source>
      <translation>请解锁一条音轨再试。</translation>
    </message>
    <message>
      <source>Unpack it and drop what is inside, or get it again.</source>
      <translation>请解压后拖入其中的内容，或重新获取。</translation>
    </message>
    <message>
      <source>Up to {most} pixels can be added at an edge.</source>
      <translation>每边最多可添加 {most} 像素。</translation>
    </message>
    <message>
      <source>Up to {most} styles can be mixed; there are {count}.</source>
      <translation>最多可混合 {most} 种风格，这里有 {count} 种。</translation>
    </message>
    <message>
      <source>Upscale</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Use a shorter one.</source>
      <translation>请用短一些的。</translation>
    </message>
    <message>
      <source>Use another model for this.</source>
      <translation>请换一个模型来做。</translation>
    </message>
    <message>
      <source>Use another model.</source>
      <translation>请用别的模型。</translation>
    </message>
    <message>
      <source>Use other words or another seed.</source>
      <translation>请换些文字或换个种子。</translation>
    </message>
    <message>
      <source>Use the page's download link and drop that file.</source>
      <translation>请用网页上的下载链接，再拖入下载的文件。</translation>
    </message>
    <message>
      <source>Variation</source>
      <translation>变化</translation>
    </message>
    <message>
      <source>Variation seed</source>
      <translation>变体种子</translation>
    </message>
    <message>
      <source>Vary</source>
      <translation>换个变化</translation>
    </message>
    <message>
      <source>Verse</source>
      <translation>诗行</translation>
    </message>
    <message>
      <source>Very bright</source>
      <translation>很明亮</translation>
    </message>
    <message>
      <source>Very calm</source>
      <translation>很平静</translation>
    </message>
    <message>
      <source>Very dark</source>
      <translation>很阴暗</translation>
    </message>
    <message>
      <source>Wait a moment and try again.</source>
      <translation>请稍等片刻再试。</translation>
    </message>
    <message>
      <source>Was it moved or renamed?</source>
      <translation>它是否被移动或改名了？</translation>
    </message>
    <message>
      <source>Watercolour</source>
      <translation>水彩</translation>
    </message>
    <message>
      <source>WebP</source>
      <translation>WebP</translation>
    </message>
    <message>
      <source>What is added at the edges is four whole numbers: left,top,right,bottom; this is {text}.</source>
      <translation>边缘添加量要写四个整数：左,上,右,下；现在是 {text}。</translation>
    </message>
    <message>
      <source>What is asked is longer than the model can see at once: {count:,} of {most:,} tokens.</source>
      <translation>要求的内容超出模型一次能看的长度：{count:,} / {most:,} 个词元。</translation>
    </message>
    <message>
      <source>What should not be there.</source>
      <translation>不应出现的内容。</translation>
    </message>
    <message>
      <source>What the model always has in view: setting, people, manner.</source>
      <translation>模型始终看得到的内容：背景、人物、写法。</translation>
    </message>
    <message>
      <source>What the model considered here is damaged.</source>
      <translation>这里模型考虑过的内容已损坏。</translation>
    </message>
    <message>
      <source>What to go towards; empty is the prompt itself.</source>
      <translation>走向哪里；留空就是提示本身。</translation>
    </message>
    <message>
      <source>What to paint. (word:1.2) weighs a word, {red|green} and __name__ draw one.</source>
      <translation>要画什么。(word:1.2) 给词加权，{red|green} 和 __name__ 抽取一个。</translation>
    </message>
    <message>
      <source>What was downloaded is not {title}: its content is another.</source>
      <translation>下载到的不是 {title}：内容不符。</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>宽度</translation>
    </message>
    <message>
      <source>Wild</source>
      <translation>狂放</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>字数</translation>
    </message>
    <message>
      <source>Words around the prompt, such as "{prompt}, flat style".</source>
      <translation>围绕提示的文字，例如 "{prompt}, flat style"。</translation>
    </message>
    <message>
      <source>Write</source>
      <translation>写作</translation>
    </message>
    <message>
      <source>Write \\ for a backslash.</source>
      <translation>反斜杠请写成 \\。</translation>
    </message>
    <message>
      <source>Write a few notes first.</source>
      <translation>请先写几个音符。</translation>
    </message>
    <message>
      <source>Write a few words first.</source>
      <translation>请先写几个字。</translation>
    </message>
    <message>
      <source>Write a few, or open a piece.</source>
      <translation>请写几个，或打开一首曲子。</translation>
    </message>
    <message>
      <source>Write a first sentence, or fill in the memory.</source>
      <translation>请写下第一句，或填写记忆。</translation>
    </message>
    <message>
      <source>Write a melody first, or add a bass.</source>
      <translation>请先写旋律，或加贝斯。</translation>
    </message>
    <message>
      <source>Write chords like C, F#m7, Bb or Gsus4.</source>
      <translation>和弦请写成 C、F#m7、Bb 或 Gsus4 这样。</translation>
    </message>
    <message>
      <source>Write it as 512x512.</source>
      <translation>请写成 512x512。</translation>
    </message>
    <message>
      <source>Write it as en, zh or pt-BR.</source>
      <translation>请写成 en、zh 或 pt-BR 这样。</translation>
    </message>
    <message>
      <source>Write it as ink:0.8.</source>
      <translation>请写成 ink:0.8。</translation>
    </message>
    <message>
      <source>Write on</source>
      <translation>续写</translation>
    </message>
    <message>
      <source>Write one, or open a piece.</source>
      <translation>请写一个，或打开一首曲子。</translation>
    </message>
    <message>
      <source>Write or mark some first.</source>
      <translation>请先写一些或选中一些。</translation>
    </message>
    <message>
      <source>Write some first.</source>
      <translation>请先写一些。</translation>
    </message>
    <message>
      <source>Write some, such as C Am F G, or open a piece.</source>
      <translation>请写一些，例如 C Am F G，或打开一首曲子。</translation>
    </message>
    <message>
      <source>Write what you want to know.</source>
      <translation>请写下你想知道什么。</translation>
    </message>
    <message>
      <source>Writes on at the cursor.</source>
      <translation>在光标处续写。</translation>
    </message>
    <message>
      <source>Writing</source>
      <translation>正在写</translation>
    </message>
    <message>
      <source>You are not allowed to read {name}.</source>
      <translation>您没有读取 {name} 的权限。</translation>
    </message>
    <message>
      <source>You have no permission to use {path}.</source>
      <translation>您没有使用 {path} 的权限。</translation>
    </message>
    <message>
      <source>bpm</source>
      <translation>bpm</translation>
    </message>
    <message>
      <source>cm</source>
      <translation>厘米</translation>
    </message>
    <message>
      <source>dpi</source>
      <translation>dpi</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>隐藏</translation>
    </message>
    <message>
      <source>left,top,right,bottom in pixels: paints on beyond the edges.</source>
      <translation>左,上,右,下（像素）：向边缘外接着画。</translation>
    </message>
    <message>
      <source>left,top,width,height in pixels of the picture: only this part.</source>
      <translation>左,上,宽,高（图片像素）：只处理这一部分。</translation>
    </message>
    <message>
      <source>more</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>s</source>
      <translation>秒</translation>
    </message>
    <message>
      <source>tokens</source>
      <translation>词元</translation>
    </message>
    <message>
      <source>{count} files could not be read.</source>
      <translation>有 {count} 个文件无法读取。</translation>
    </message>
    <message>
      <source>{count} of {total} parts of this model are missing, such as {name}.</source>
      <translation>这个模型的 {total} 个分片缺了 {count} 个，例如 {name}。</translation>
    </message>
    <message>
      <source>{folder} is a file, not a folder.</source>
      <translation>{folder} 是文件，不是文件夹。</translation>
    </message>
    <message>
      <source>{format} cannot move, so only the first frame was enlarged.</source>
      <translation>{format} 不能存动画，因此只放大了第一帧。</translation>
    </message>
    <message>
      <source>{inputs} is not in this project any more.</source>
      <translation>{inputs} 已不在此项目中。</translation>
    </message>
    <message>
      <source>{language} is no language.</source>
      <translation>{language} 不是一种语言。</translation>
    </message>
    <message>
      <source>{library} was {old} and is {new}.</source>
      <translation>{library} 原来是 {old}，现在是 {new}。</translation>
    </message>
    <message>
      <source>{model} does not take one picture but {shape} numbers.</source>
      <translation>{model} 接收的不是一张图片，而是 {shape} 个数。</translation>
    </message>
    <message>
      <source>{model} failed on this picture.</source>
      <translation>{model} 处理这张图片时出错。</translation>
    </message>
    <message>
      <source>{model} gave no picture: it holds numbers that are none (NaN), in float32 too.</source>
      <translation>{model} 没有给出图片：结果含无效数值（NaN），float32 下也一样。</translation>
    </message>
    <message>
      <source>{model} gives no picture for a picture of any size that was tried; it is another kind of network.</source>
      <translation>试过的各种尺寸 {model} 都给不出图片，它是另一类网络。</translation>
    </message>
    <message>
      <source>{model} is a {title} and cannot be used for this.</source>
      <translation>{model} 是 {title}，不能用在这里。</translation>
    </message>
    <message>
      <source>{model} is an upscaler with parts missing, or damaged.</source>
      <translation>{model} 是缺少部件或已损坏的放大模型。</translation>
    </message>
    <message>
      <source>{model} is for something Atelier cannot do yet.</source>
      <translation>{model} 的用途 Atelier 暂不支持。</translation>
    </message>
    <message>
      <source>{model} is no upscaler that can be read here.</source>
      <translation>{model} 不是这里能读的放大模型。</translation>
    </message>
    <message>
      <source>{model} made {made} numbers of a picture of {height} x {width}: that is no enlargement by a whole factor.</source>
      <translation>{model} 把 {height} x {width} 的图片变成了 {made} 个数，不是整数倍放大。</translation>
    </message>
    <message>
      <source>{model} mends cut-out faces of 512 x 512 only ({architecture}).</source>
      <translation>{model} 只修复裁好的 512 x 512 人脸（{architecture}）。</translation>
    </message>
    <message>
      <source>{model} takes numbers of the type {type}, not a picture.</source>
      <translation>{model} 接收的是 {type} 类型的数，不是图片。</translation>
    </message>
    <message>
      <source>{model} takes two inputs, a picture and a mask ({architecture}); Upscale needs a network with a single picture.</source>
      <translation>{model} 需要图片和蒙版两个输入（{architecture}）；放大需要只接收一张图片的网络。</translation>
    </message>
    <message>
      <source>{model} takes {count} inputs; Upscale needs a network with a single picture.</source>
      <translation>{model} 有 {count} 个输入；放大需要只接收一张图片的网络。</translation>
    </message>
    <message>
      <source>{model} takes {shape} numbers; Upscale needs one channel or three.</source>
      <translation>{model} 接收 {shape} 个数；放大需要一个或三个通道。</translation>
    </message>
    <message>
      <source>{model} takes {taken} channels and gives {given}; Upscale needs one or three.</source>
      <translation>{model} 接收 {taken} 个通道、给出 {given} 个；放大需要一个或三个。</translation>
    </message>
    <message>
      <source>{name} belongs to another program.</source>
      <translation>{name} 属于其他程序。</translation>
    </message>
    <message>
      <source>{name} can be text here, not {value}.</source>
      <translation>{name} 在这里可以是文字，不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} can be {known} here, not {value}.</source>
      <translation>{name} 在这里可以是 {known}，不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} can be {known}, not {value}.</source>
      <translation>{name} 可以是 {known}，不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} cannot be read as sound.</source>
      <translation>{name} 不能作为声音读取。</translation>
    </message>
    <message>
      <source>{name} cannot be read: its ABC has something that is not understood.</source>
      <translation>{name} 读不了：其中的 ABC 有无法理解的内容。</translation>
    </message>
    <message>
      <source>{name} cannot be read: {reason}.</source>
      <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} cannot be written into {folder}: it is read-only.</source>
      <translation>{name} 无法写入 {folder}：该位置只读。</translation>
    </message>
    <message>
      <source>{name} cannot be written or its folder cannot be used.</source>
      <translation>{name} 无法写入，或其文件夹无法使用。</translation>
    </message>
    <message>
      <source>{name} cannot be written: {reason}.</source>
      <translation>无法写入 {name}：{reason}。</translation>
    </message>
    <message>
      <source>{name} cannot be {value}.</source>
      <translation>{name} 不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} changed while it was being read.</source>
      <translation>{name} 在读取过程中发生了变化。</translation>
    </message>
    <message>
      <source>{name} could not be loaded: it is damaged, or of a form that is not known here.</source>
      <translation>无法加载 {name}：已损坏，或是尚不认识的格式。</translation>
    </message>
    <message>
      <source>{name} could not be loaded: weights are missing or of the wrong size.</source>
      <translation>无法加载 {name}：权重缺失或大小不对。</translation>
    </message>
    <message>
      <source>{name} could not be read or written.</source>
      <translation>无法读写 {name}。</translation>
    </message>
    <message>
      <source>{name} counts time in film frames (SMPTE), not in beats.</source>
      <translation>{name} 以影片帧（SMPTE）计时，而不是拍。</translation>
    </message>
    <message>
      <source>{name} does not follow instructions; it only writes on.</source>
      <translation>{name} 不会听指令，只会续写。</translation>
    </message>
    <message>
      <source>{name} ends at {high:g}; {value:g} is outside.</source>
      <translation>{name} 最大为 {high:g}，{value:g} 超出范围。</translation>
    </message>
    <message>
      <source>{name} gave no picture but {what}.</source>
      <translation>{name} 给出的不是图片，而是 {what}。</translation>
    </message>
    <message>
      <source>{name} gave no sound but {what}.</source>
      <translation>{name} 给出的不是声音，而是 {what}。</translation>
    </message>
    <message>
      <source>{name} goes from {low:g} to {high:g}; {value:g} is outside.</source>
      <translation>{name} 的范围是 {low:g} 到 {high:g}，{value:g} 超出范围。</translation>
    </message>
    <message>
      <source>{name} has a vocabulary of a kind that is not known here.</source>
      <translation>{name} 的词表种类尚不认识。</translation>
    </message>
    <message>
      <source>{name} has more words in its tokenizer than in its weights.</source>
      <translation>{name} 的分词器里的词比权重里的多。</translation>
    </message>
    <message>
      <source>{name} has no notes.</source>
      <translation>{name} 没有音符。</translation>
    </message>
    <message>
      <source>{name} has too much in it.</source>
      <translation>{name} 的内容太多。</translation>
    </message>
    <message>
      <source>{name} holds several pieces in one file (MIDI format {form}).</source>
      <translation>{name} 一个文件里有好几首曲子（MIDI 格式 {form}）。</translation>
    </message>
    <message>
      <source>{name} is a checkpoint of a kind that is not read as one file.</source>
      <translation>{name} 这种检查点不能作为单个文件读取。</translation>
    </message>
    <message>
      <source>{name} is a device or a pipe, not a file.</source>
      <translation>{name} 是设备或管道，不是文件。</translation>
    </message>
    <message>
      <source>{name} is a folder without a model: it has no config.json.</source>
      <translation>{name} 这个文件夹里没有模型：没有 config.json。</translation>
    </message>
    <message>
      <source>{name} is a folder, not a file.</source>
      <translation>{name} 是文件夹，不是文件。</translation>
    </message>
    <message>
      <source>{name} is a folder, not a project.</source>
      <translation>{name} 是文件夹，不是项目。</translation>
    </message>
    <message>
      <source>{name} is a folder; a file cannot take its place.</source>
      <translation>{name} 是文件夹，不能用文件取代。</translation>
    </message>
    <message>
      <source>{name} is an old Word file, or has a password.</source>
      <translation>{name} 是旧的 Word 文件，或设有密码。</translation>
    </message>
    <message>
      <source>{name} is damaged and cannot be read.</source>
      <translation>{name} 已损坏，无法读取。</translation>
    </message>
    <message>
      <source>{name} is damaged, or no safetensors file.</source>
      <translation>{name} 已损坏，或不是 safetensors 文件。</translation>
    </message>
    <message>
      <source>{name} is damaged, or no score.</source>
      <translation>{name} 已损坏，或不是乐谱。</translation>
    </message>
    <message>
      <source>{name} is damaged.</source>
      <translation>{name} 已损坏。</translation>
    </message>
    <message>
      <source>{name} is damaged: it breaks off or is no XML.</source>
      <translation>{name} 已损坏：中途断开或不是 XML。</translation>
    </message>
    <message>
      <source>{name} is damaged: it ends before the music begins.</source>
      <translation>{name} 已损坏：音乐还没开始文件就结束了。</translation>
    </message>
    <message>
      <source>{name} is damaged: it would last for years.</source>
      <translation>{name} 已损坏：它会持续好几年。</translation>
    </message>
    <message>
      <source>{name} is damaged: its beat has no length.</source>
      <translation>{name} 已损坏：拍没有长度。</translation>
    </message>
    <message>
      <source>{name} is damaged: there is something else where a note should be.</source>
      <translation>{name} 已损坏：本该是音符的地方是别的东西。</translation>
    </message>
    <message>
      <source>{name} is either on or off, not {value}.</source>
      <translation>{name} 只能是开或关，不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} is empty.</source>
      <translation>{name} 是空的。</translation>
    </message>
    <message>
      <source>{name} is longer than {minutes} minutes.</source>
      <translation>{name} 超过 {minutes} 分钟。</translation>
    </message>
    <message>
      <source>{name} is missing from the project.</source>
      <translation>项目中缺少 {name}。</translation>
    </message>
    <message>
      <source>{name} is no Word document.</source>
      <translation>{name} 不是 Word 文档。</translation>
    </message>
    <message>
      <source>{name} is no add-on (LoRA).</source>
      <translation>{name} 不是附加模型（LoRA）。</translation>
    </message>
    <message>
      <source>{name} is no plain score: it defines entities of its own.</source>
      <translation>{name} 不是普通乐谱：它定义了自己的实体。</translation>
    </message>
    <message>
      <source>{name} is no sound that can be read.</source>
      <translation>{name} 不是可读的声音。</translation>
    </message>
    <message>
      <source>{name} is no whole Word document.</source>
      <translation>{name} 不是完整的 Word 文档。</translation>
    </message>
    <message>
      <source>{name} is not a MIDI file.</source>
      <translation>{name} 不是 MIDI 文件。</translation>
    </message>
    <message>
      <source>{name} is not a SoundFont.</source>
      <translation>{name} 不是音色库。</translation>
    </message>
    <message>
      <source>{name} is not a possible file name.</source>
      <translation>{name} 不能用作文件名。</translation>
    </message>
    <message>
      <source>{name} is not a score.</source>
      <translation>{name} 不是乐谱。</translation>
    </message>
    <message>
      <source>{name} is not a tune in ABC.</source>
      <translation>{name} 不是 ABC 曲谱。</translation>
    </message>
    <message>
      <source>{name} is not an Atelier project.</source>
      <translation>{name} 不是 Atelier 项目。</translation>
    </message>
    <message>
      <source>{name} is not an ordinary file.</source>
      <translation>{name} 不是普通文件。</translation>
    </message>
    <message>
      <source>{name} is not in UTF-8: line {line} has a broken letter.</source>
      <translation>{name} 不是 UTF-8：第 {line} 行有损坏的字符。</translation>
    </message>
    <message>
      <source>{name} is not text but a {what}.</source>
      <translation>{name} 不是文本，而是{what}。</translation>
    </message>
    <message>
      <source>{name} is not text: it has bytes that no text has.</source>
      <translation>{name} 不是文本：含有文本不会有的字节。</translation>
    </message>
    <message>
      <source>{name} is of a kind that is not known here ({architecture}).</source>
      <translation>{name} 的种类尚不认识（{architecture}）。</translation>
    </message>
    <message>
      <source>{name} is read-only.</source>
      <translation>{name} 是只读的。</translation>
    </message>
    <message>
      <source>{name} is too large once it is unpacked.</source>
      <translation>{name} 解压后太大。</translation>
    </message>
    <message>
      <source>{name} is too long: it has more than {most:,} beats.</source>
      <translation>{name} 太长：超过 {most:,} 拍。</translation>
    </message>
    <message>
      <source>{name} is too long: {size:,} MB; {most:,} MB is the most.</source>
      <translation>{name} 太长：{size:,} MB，最多 {most:,} MB。</translation>
    </message>
    <message>
      <source>{name} is {what}, not a project.</source>
      <translation>{name} 是{what}，不是项目。</translation>
    </message>
    <message>
      <source>{name} needs a number, not {value}.</source>
      <translation>{name} 需要数字，不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} needs about {needed:.1f} GB of memory; {free:.1f} GB are free.</source>
      <translation>{name} 约需 {needed:.1f} GB 内存，现有 {free:.1f} GB 可用。</translation>
    </message>
    <message>
      <source>{name} needs text, not {value}.</source>
      <translation>{name} 需要文字，不能是 {value}。</translation>
    </message>
    <message>
      <source>{name} starts at {low:g}; {value:g} is outside.</source>
      <translation>{name} 最小为 {low:g}，{value:g} 超出范围。</translation>
    </message>
    <message>
      <source>{name} unpacks to far too much for a text.</source>
      <translation>{name} 解开后远远超出一篇文字的大小。</translation>
    </message>
    <message>
      <source>{name} was brought in, not made here: there is no recipe.</source>
      <translation>{name} 是导入的，不是在这里制作的，没有配方。</translation>
    </message>
    <message>
      <source>{name} was interrupted while it was saved and has to be put right first.</source>
      <translation>{name} 保存时被中断，需要先修复。</translation>
    </message>
    <message>
      <source>{path} could not be read or written.</source>
      <translation>无法读写 {path}。</translation>
    </message>
    <message>
      <source>{side} pixels cannot be painted.</source>
      <translation>画不了 {side} 像素。</translation>
    </message>
    <message>
      <source>{steps} steps cannot be done.</source>
      <translation>做不了 {steps} 步。</translation>
    </message>
    <message>
      <source>{text} is no size.</source>
      <translation>{text} 不是尺寸。</translation>
    </message>
    <message>
      <source>{title} came with Atelier and stays.</source>
      <translation>{title} 随 Atelier 附带，不能移除。</translation>
    </message>
    <message>
      <source>{title} is not in the library.</source>
      <translation>{title} 不在模型库中。</translation>
    </message>
    <message>
      <source>{word} is no chord that is known here.</source>
      <translation>这里不认识和弦 {word}。</translation>
    </message>
  </context>
  <context>
    <name>DecoderField</name>
    <message>
      <source>The model's own</source>
      <translation>模型自己的</translation>
    </message>
  </context>
  <context>
    <name>Deeds</name>
    <message>
      <source>Choose a grid first: it is off.</source>
      <translation>请先选网格：现在是关闭的。</translation>
    </message>
    <message>
      <source>Choose some notes first.</source>
      <translation>请先选些音符。</translation>
    </message>
    <message>
      <source>There are no notes on the clipboard.</source>
      <translation>剪贴板上没有音符。</translation>
    </message>
    <message>
      <source>locked</source>
      <translation>已锁定</translation>
    </message>
    <message>
      <source>the model's, or brought in</source>
      <translation>模型写的或导入的</translation>
    </message>
    <message>
      <source>your own</source>
      <translation>你自己的</translation>
    </message>
    <message>
      <source>{count} notes are chosen.</source>
      <translation>已选 {count} 个音符。</translation>
    </message>
    <message>
      <source>{count} notes in {tracks} tracks. Ctrl and the arrow keys go from note to note.</source>
      <translation>{tracks} 条音轨共 {count} 个音符。按 Ctrl 加方向键逐个移动。</translation>
    </message>
    <message>
      <source>{name}, bar {bar}, beat {beat}, {length} quarter notes long, velocity {velocity}; note {number} of {count}</source>
      <translation>{name}，第 {bar} 小节第 {beat} 拍，长 {length} 个四分音符，力度 {velocity}；第 {number} 个，共 {count} 个</translation>
    </message>
  </context>
  <context>
    <name>DoField</name>
    <message>
      <source>What to do</source>
      <translation>做什么</translation>
    </message>
  </context>
  <context>
    <name>DropDesk</name>
    <message>
      <source>A web address: save the picture first</source>
      <translation>这是网址：请先保存图片</translation>
    </message>
    <message>
      <source>Add to your models</source>
      <translation>加入您的模型</translation>
    </message>
    <message>
      <source>All that came is an address: {address}</source>
      <translation>收到的只是一个网址：{address}</translation>
    </message>
    <message>
      <source>Atelier does not know what to do with this.</source>
      <translation>Atelier 不知道该如何处理它。</translation>
    </message>
    <message>
      <source>Atelier is offline; save the picture first.</source>
      <translation>Atelier 不联网；请先保存图片。</translation>
    </message>
    <message>
      <source>Bring in the pictures of this folder</source>
      <translation>导入此文件夹中的图片</translation>
    </message>
    <message>
      <source>Bring in {pictures}</source>
      <translation>导入 {pictures}</translation>
    </message>
    <message>
      <source>Brought in {pictures}.</source>
      <translation>已导入 {pictures}。</translation>
    </message>
    <message>
      <source>Dropped picture</source>
      <translation>拖入的图片</translation>
    </message>
    <message>
      <source>Folders inside it are not looked into.</source>
      <translation>不会查看其中的子文件夹。</translation>
    </message>
    <message>
      <source>It takes pictures, folders of pictures, texts, music, projects, models.</source>
      <translation>可以拖入图片、图片文件夹、文本、音乐、项目、模型。</translation>
    </message>
    <message>
      <source>Let go to see what this is</source>
      <translation>松开以查看这是什么</translation>
    </message>
    <message>
      <source>Open this project</source>
      <translation>打开此项目</translation>
    </message>
    <message>
      <source>The whole folder…</source>
      <translation>整个文件夹…</translation>
    </message>
    <message>
      <source>There are no pictures in {name}.</source>
      <translation>{name} 中没有图片。</translation>
    </message>
    <message>
      <source>This folder cannot be read: {name}.</source>
      <translation>无法读取此文件夹：{name}。</translation>
    </message>
    <message>
      <source>Use it here</source>
      <translation>用在这里</translation>
    </message>
    <message>
      <source>Use its settings</source>
      <translation>使用其设置</translation>
    </message>
    <message>
      <source>Use these settings</source>
      <translation>使用这些设置</translation>
    </message>
    <message>
      <source>{folder} can also be worked through straight into another folder.</source>
      <translation>{folder} 也可以整个处理，直接存到另一个文件夹。</translation>
    </message>
    <message>
      <source>{name} tells how it was made in another program.</source>
      <translation>{name} 里写着它在别的程序中是怎样生成的。</translation>
    </message>
    <message>
      <source>{name} was made with Atelier and carries its settings.</source>
      <translation>{name} 由 Atelier 制作，并带有当时的设置。</translation>
    </message>
  </context>
  <context>
    <name>Drums</name>
    <message>
      <source>Acoustic bass drum</source>
      <translation>原声底鼓</translation>
    </message>
    <message>
      <source>Bass drum</source>
      <translation>底鼓</translation>
    </message>
    <message>
      <source>Cabasa</source>
      <translation>沙槌筒</translation>
    </message>
    <message>
      <source>Chinese cymbal</source>
      <translation>中国钹</translation>
    </message>
    <message>
      <source>Claves</source>
      <translation>响棒</translation>
    </message>
    <message>
      <source>Closed hi-hat</source>
      <translation>闭合踩镲</translation>
    </message>
    <message>
      <source>Cowbell</source>
      <translation>牛铃</translation>
    </message>
    <message>
      <source>Crash 1</source>
      <translation>吊镲 1</translation>
    </message>
    <message>
      <source>Crash 2</source>
      <translation>吊镲 2</translation>
    </message>
    <message>
      <source>Electric snare</source>
      <translation>电子军鼓</translation>
    </message>
    <message>
      <source>Hand clap</source>
      <translation>拍手</translation>
    </message>
    <message>
      <source>High agogo</source>
      <translation>高音阿哥哥铃</translation>
    </message>
    <message>
      <source>High bongo</source>
      <translation>高音邦戈鼓</translation>
    </message>
    <message>
      <source>High floor tom</source>
      <translation>高落地嗵鼓</translation>
    </message>
    <message>
      <source>High timbale</source>
      <translation>高音天巴鼓</translation>
    </message>
    <message>
      <source>High tom</source>
      <translation>高音嗵鼓</translation>
    </message>
    <message>
      <source>High woodblock</source>
      <translation>高音木鱼</translation>
    </message>
    <message>
      <source>High-mid tom</source>
      <translation>中高嗵鼓</translation>
    </message>
    <message>
      <source>Long guiro</source>
      <translation>长刮瓜</translation>
    </message>
    <message>
      <source>Long whistle</source>
      <translation>长哨</translation>
    </message>
    <message>
      <source>Low agogo</source>
      <translation>低音阿哥哥铃</translation>
    </message>
    <message>
      <source>Low bongo</source>
      <translation>低音邦戈鼓</translation>
    </message>
    <message>
      <source>Low conga</source>
      <translation>低音康加鼓</translation>
    </message>
    <message>
      <source>Low floor tom</source>
      <translation>低落地嗵鼓</translation>
    </message>
    <message>
      <source>Low timbale</source>
      <translation>低音天巴鼓</translation>
    </message>
    <message>
      <source>Low tom</source>
      <translation>低音嗵鼓</translation>
    </message>
    <message>
      <source>Low woodblock</source>
      <translation>低音木鱼</translation>
    </message>
    <message>
      <source>Low-mid tom</source>
      <translation>中低嗵鼓</translation>
    </message>
    <message>
      <source>Maracas</source>
      <translation>沙槌</translation>
    </message>
    <message>
      <source>Mute conga</source>
      <translation>闷音康加鼓</translation>
    </message>
    <message>
      <source>Mute cuica</source>
      <translation>闷音库伊卡</translation>
    </message>
    <message>
      <source>Mute triangle</source>
      <translation>闷音三角铁</translation>
    </message>
    <message>
      <source>Open conga</source>
      <translation>开音康加鼓</translation>
    </message>
    <message>
      <source>Open cuica</source>
      <translation>开音库伊卡</translation>
    </message>
    <message>
      <source>Open hi-hat</source>
      <translation>开放踩镲</translation>
    </message>
    <message>
      <source>Open triangle</source>
      <translation>开音三角铁</translation>
    </message>
    <message>
      <source>Pedal hi-hat</source>
      <translation>踏板踩镲</translation>
    </message>
    <message>
      <source>Ride 1</source>
      <translation>叮叮镲 1</translation>
    </message>
    <message>
      <source>Ride 2</source>
      <translation>叮叮镲 2</translation>
    </message>
    <message>
      <source>Ride bell</source>
      <translation>叮叮镲钟</translation>
    </message>
    <message>
      <source>Short guiro</source>
      <translation>短刮瓜</translation>
    </message>
    <message>
      <source>Short whistle</source>
      <translation>短哨</translation>
    </message>
    <message>
      <source>Side stick</source>
      <translation>鼓边</translation>
    </message>
    <message>
      <source>Snare</source>
      <translation>军鼓</translation>
    </message>
    <message>
      <source>Splash</source>
      <translation>水镲</translation>
    </message>
    <message>
      <source>Tambourine</source>
      <translation>铃鼓</translation>
    </message>
    <message>
      <source>Vibraslap</source>
      <translation>颤响器</translation>
    </message>
  </context>
  <context>
    <name>EdgeHandle</name>
    <message>
      <source>Drag outwards, or press the arrow keys, to paint beyond this edge</source>
      <translation>向外拖动或按方向键，即可画到这条边外</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>The page</source>
      <translation>页面</translation>
    </message>
  </context>
  <context>
    <name>EmptyState</name>
    <message>
      <source>Choose a photo…</source>
      <translation>选择照片…</translation>
    </message>
    <message>
      <source>Fill in a photograph and a painting that came with Atelier</source>
      <translation>填入 Atelier 自带的照片和画作</translation>
    </message>
    <message>
      <source>Try the sample</source>
      <translation>试试示例</translation>
    </message>
  </context>
  <context>
    <name>Errands</name>
    <message>
      <source>Of the whole page</source>
      <translation>针对整页</translation>
    </message>
    <message>
      <source>Of what is marked</source>
      <translation>针对选中的部分</translation>
    </message>
    <message>
      <source>Put it in at the cursor</source>
      <translation>放到光标处</translation>
    </message>
    <message>
      <source>Put it in below</source>
      <translation>放到下面</translation>
    </message>
    <message>
      <source>Take it as the title</source>
      <translation>用作标题</translation>
    </message>
    <message>
      <source>Take it instead</source>
      <translation>替换原文</translation>
    </message>
    <message>
      <source>Write or mark a text first.</source>
      <translation>请先写一些文字或选中一段。</translation>
    </message>
  </context>
  <context>
    <name>ErrorCard</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>已复制</translation>
    </message>
    <message>
      <source>Copy details</source>
      <translation>复制详情</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>Can hold {name} {date} {seed} {model} {panel} {width} {height} {index}</source>
      <translation>可用 {name} {date} {seed} {model} {panel} {width} {height} {index}</translation>
    </message>
    <message>
      <source>Choose a folder</source>
      <translation>选择文件夹</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名字</translation>
    </message>
    <message>
      <source>Quality</source>
      <translation>质量</translation>
    </message>
  </context>
  <context>
    <name>ExtendBox</name>
    <message>
      <source>Bottom</source>
      <translation>下</translation>
    </message>
    <message>
      <source>Drag the edges outwards: what lies beyond is painted anew</source>
      <translation>把边缘向外拖：外面的部分会画出来</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>左</translation>
    </message>
    <message>
      <source>Paint beyond the edges</source>
      <translation>向边缘外绘制</translation>
    </message>
    <message>
      <source>Paint beyond the edges…</source>
      <translation>向边缘外绘制…</translation>
    </message>
    <message>
      <source>Pixels to paint beyond this edge</source>
      <translation>这条边外要画的像素</translation>
    </message>
    <message>
      <source>Right</source>
      <translation>右</translation>
    </message>
    <message>
      <source>Top</source>
      <translation>上</translation>
    </message>
    <message>
      <source>{size} afterwards</source>
      <translation>之后为 {size}</translation>
    </message>
  </context>
  <context>
    <name>ExtendHandles</name>
    <message>
      <source>Bottom edge</source>
      <translation>下边缘</translation>
    </message>
    <message>
      <source>Left edge</source>
      <translation>左边缘</translation>
    </message>
    <message>
      <source>Right edge</source>
      <translation>右边缘</translation>
    </message>
    <message>
      <source>Top edge</source>
      <translation>上边缘</translation>
    </message>
  </context>
  <context>
    <name>Fader</name>
    <message>
      <source>How much of this painting goes in</source>
      <translation>这幅画作所占的比重</translation>
    </message>
  </context>
  <context>
    <name>FindBar</name>
    <message>
      <source>Capitals matter</source>
      <translation>区分大小写</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close (Esc)</source>
      <translation>关闭（Esc）</translation>
    </message>
    <message>
      <source>Find</source>
      <translation>查找</translation>
    </message>
    <message>
      <source>Find the next</source>
      <translation>查找下一个</translation>
    </message>
    <message>
      <source>Find the one before</source>
      <translation>查找上一个</translation>
    </message>
    <message>
      <source>Not a pattern</source>
      <translation>不是有效的模式</translation>
    </message>
    <message>
      <source>Nowhere</source>
      <translation>没有找到</translation>
    </message>
    <message>
      <source>Regular expression, within a paragraph</source>
      <translation>正则表达式（段落内）</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace all</source>
      <translation>全部替换</translation>
    </message>
    <message>
      <source>Replace with</source>
      <translation>替换为</translation>
    </message>
    <message>
      <source>The next (Enter)</source>
      <translation>下一个（Enter）</translation>
    </message>
    <message>
      <source>The one before (Shift+Enter)</source>
      <translation>上一个（Shift+Enter）</translation>
    </message>
    <message>
      <source>Whole words only</source>
      <translation>全字匹配</translation>
    </message>
    <message>
      <source>{count} found</source>
      <translation>找到 {count} 处</translation>
    </message>
    <message>
      <source>{count} replaced</source>
      <translation>已替换 {count} 处</translation>
    </message>
    <message>
      <source>{index} of {count}</source>
      <translation>{index} / {count}</translation>
    </message>
  </context>
  <context>
    <name>FontButton</name>
    <message>
      <source>SoundFont</source>
      <translation>音色库</translation>
    </message>
    <message>
      <source>SoundFont missing</source>
      <translation>缺少音色库</translation>
    </message>
    <message>
      <source>The instruments it is played with. More come with a .sf2 or .sf3 file dropped on the window.</source>
      <translation>演奏用的乐器。把 .sf2 或 .sf3 文件拖到窗口上可以增加。</translation>
    </message>
  </context>
  <context>
    <name>ForkBar</name>
    <message>
      <source>All attempts</source>
      <translation>全部尝试</translation>
    </message>
    <message>
      <source>All attempts on this page (Ctrl+Shift+R)</source>
      <translation>这一页的全部尝试（Ctrl+Shift+R）</translation>
    </message>
    <message>
      <source>Another attempt</source>
      <translation>再试一次</translation>
    </message>
    <message>
      <source>Another attempt; this one is kept (Ctrl+R)</source>
      <translation>再试一次；这一次会保留（Ctrl+R）</translation>
    </message>
    <message>
      <source>Attempt {place} of {count}</source>
      <translation>第 {place} 次尝试，共 {count} 次</translation>
    </message>
    <message>
      <source>The attempt before</source>
      <translation>上一次尝试</translation>
    </message>
    <message>
      <source>The attempt before (Alt+Left)</source>
      <translation>上一次尝试（Alt+Left）</translation>
    </message>
    <message>
      <source>The next attempt</source>
      <translation>下一次尝试</translation>
    </message>
    <message>
      <source>The next attempt (Alt+Right)</source>
      <translation>下一次尝试（Alt+Right）</translation>
    </message>
    <message>
      <source>{place} of {count}</source>
      <translation>{place} / {count}</translation>
    </message>
  </context>
  <context>
    <name>ForkTree</name>
    <message>
      <source>All attempts on this page</source>
      <translation>这一页的全部尝试</translation>
    </message>
    <message>
      <source>Attempts</source>
      <translation>尝试</translation>
    </message>
    <message>
      <source>The model has written nothing here yet.</source>
      <translation>模型还没有在这里写过什么。</translation>
    </message>
    <message>
      <source>taken from the page</source>
      <translation>已从页面拿下</translation>
    </message>
    <message>
      <source>{words}, on the page</source>
      <translation>{words}，在页面上</translation>
    </message>
  </context>
  <context>
    <name>ImageColumn</name>
    <message>
      <source>Or drop a picture to start from</source>
      <translation>或拖入一张起始图片</translation>
    </message>
    <message>
      <source>auto</source>
      <translation>自动</translation>
    </message>
  </context>
  <context>
    <name>ImagePage</name>
    <message>
      <source>Fill in the words for a red apple</source>
      <translation>填入画红苹果的文字</translation>
    </message>
    <message>
      <source>Paint only here</source>
      <translation>只画这里</translation>
    </message>
    <message>
      <source>Say what to paint.</source>
      <translation>说说要画什么。</translation>
    </message>
    <message>
      <source>Start from a picture…</source>
      <translation>从图片开始…</translation>
    </message>
    <message>
      <source>The model in the box paints stickers, icons and simple things, on this machine. Bring a larger one for more.</source>
      <translation>自带的模型在本机画贴纸、图标和简单的东西。想画更多请导入更大的模型。</translation>
    </message>
  </context>
  <context>
    <name>ImageView</name>
    <message>
      <source>Earlier prompts</source>
      <translation>以前的提示</translation>
    </message>
    <message>
      <source>First, what to paint</source>
      <translation>先写要画什么</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新种子</translation>
    </message>
    <message>
      <source>Reset the settings</source>
      <translation>重置设置</translation>
    </message>
    <message>
      <source>Start from a picture…</source>
      <translation>从图片开始…</translation>
    </message>
    <message>
      <source>Weigh the word less</source>
      <translation>降低词的权重</translation>
    </message>
    <message>
      <source>Weigh the word more</source>
      <translation>提高词的权重</translation>
    </message>
    <message>
      <source>Write the prompt</source>
      <translation>写提示</translation>
    </message>
    <message>
      <source>{at} of {count}</source>
      <translation>第 {at} 张，共 {count} 张</translation>
    </message>
  </context>
  <context>
    <name>Instruments</name>
    <message>
      <source>Accordion</source>
      <translation>手风琴</translation>
    </message>
    <message>
      <source>Acoustic bass</source>
      <translation>原声贝斯</translation>
    </message>
    <message>
      <source>Agogo</source>
      <translation>阿哥哥铃</translation>
    </message>
    <message>
      <source>Alto sax</source>
      <translation>中音萨克斯</translation>
    </message>
    <message>
      <source>Applause</source>
      <translation>掌声</translation>
    </message>
    <message>
      <source>Atmosphere</source>
      <translation>大气</translation>
    </message>
    <message>
      <source>Bagpipe</source>
      <translation>风笛</translation>
    </message>
    <message>
      <source>Bandoneon</source>
      <translation>班多钮琴</translation>
    </message>
    <message>
      <source>Banjo</source>
      <translation>班卓琴</translation>
    </message>
    <message>
      <source>Baritone sax</source>
      <translation>上低音萨克斯</translation>
    </message>
    <message>
      <source>Bass and lead</source>
      <translation>贝斯加主音</translation>
    </message>
    <message>
      <source>Bassoon</source>
      <translation>巴松管</translation>
    </message>
    <message>
      <source>Bird</source>
      <translation>鸟鸣</translation>
    </message>
    <message>
      <source>Blown bottle</source>
      <translation>吹瓶</translation>
    </message>
    <message>
      <source>Bowed pad</source>
      <translation>弓弦铺底</translation>
    </message>
    <message>
      <source>Brass section</source>
      <translation>铜管组</translation>
    </message>
    <message>
      <source>Breath noise</source>
      <translation>呼吸声</translation>
    </message>
    <message>
      <source>Bright piano</source>
      <translation>明亮钢琴</translation>
    </message>
    <message>
      <source>Brightness</source>
      <translation>明亮</translation>
    </message>
    <message>
      <source>Calliope lead</source>
      <translation>汽笛风琴主音</translation>
    </message>
    <message>
      <source>Celesta</source>
      <translation>钢片琴</translation>
    </message>
    <message>
      <source>Cello</source>
      <translation>大提琴</translation>
    </message>
    <message>
      <source>Charang lead</source>
      <translation>恰朗戈主音</translation>
    </message>
    <message>
      <source>Chiff lead</source>
      <translation>吹管主音</translation>
    </message>
    <message>
      <source>Choir aahs</source>
      <translation>合唱“啊”</translation>
    </message>
    <message>
      <source>Choir pad</source>
      <translation>合唱铺底</translation>
    </message>
    <message>
      <source>Church organ</source>
      <translation>教堂管风琴</translation>
    </message>
    <message>
      <source>Clarinet</source>
      <translation>单簧管</translation>
    </message>
    <message>
      <source>Clavinet</source>
      <translation>古钢琴</translation>
    </message>
    <message>
      <source>Clean guitar</source>
      <translation>清音电吉他</translation>
    </message>
    <message>
      <source>Crystal</source>
      <translation>水晶</translation>
    </message>
    <message>
      <source>Distorted guitar</source>
      <translation>失真吉他</translation>
    </message>
    <message>
      <source>Double bass</source>
      <translation>低音提琴</translation>
    </message>
    <message>
      <source>Drawbar organ</source>
      <translation>音栓风琴</translation>
    </message>
    <message>
      <source>Drums</source>
      <translation>鼓</translation>
    </message>
    <message>
      <source>Dulcimer</source>
      <translation>扬琴</translation>
    </message>
    <message>
      <source>Echoes</source>
      <translation>回声</translation>
    </message>
    <message>
      <source>Electric grand</source>
      <translation>电三角钢琴</translation>
    </message>
    <message>
      <source>Electric piano 1</source>
      <translation>电钢琴 1</translation>
    </message>
    <message>
      <source>Electric piano 2</source>
      <translation>电钢琴 2</translation>
    </message>
    <message>
      <source>English horn</source>
      <translation>英国管</translation>
    </message>
    <message>
      <source>Fiddle</source>
      <translation>民间小提琴</translation>
    </message>
    <message>
      <source>Fifths lead</source>
      <translation>五度主音</translation>
    </message>
    <message>
      <source>Fingered bass</source>
      <translation>指弹贝斯</translation>
    </message>
    <message>
      <source>Flute</source>
      <translation>长笛</translation>
    </message>
    <message>
      <source>French horn</source>
      <translation>圆号</translation>
    </message>
    <message>
      <source>Fret noise</source>
      <translation>品格噪声</translation>
    </message>
    <message>
      <source>Fretless bass</source>
      <translation>无品贝斯</translation>
    </message>
    <message>
      <source>Glockenspiel</source>
      <translation>钟琴</translation>
    </message>
    <message>
      <source>Goblins</source>
      <translation>精灵</translation>
    </message>
    <message>
      <source>Grand piano</source>
      <translation>三角钢琴</translation>
    </message>
    <message>
      <source>Guitar harmonics</source>
      <translation>吉他泛音</translation>
    </message>
    <message>
      <source>Gunshot</source>
      <translation>枪声</translation>
    </message>
    <message>
      <source>Halo pad</source>
      <translation>光环铺底</translation>
    </message>
    <message>
      <source>Harmonica</source>
      <translation>口琴</translation>
    </message>
    <message>
      <source>Harp</source>
      <translation>竖琴</translation>
    </message>
    <message>
      <source>Harpsichord</source>
      <translation>羽管键琴</translation>
    </message>
    <message>
      <source>Helicopter</source>
      <translation>直升机</translation>
    </message>
    <message>
      <source>Honky-tonk piano</source>
      <translation>酒吧钢琴</translation>
    </message>
    <message>
      <source>Jazz guitar</source>
      <translation>爵士吉他</translation>
    </message>
    <message>
      <source>Kalimba</source>
      <translation>拇指琴</translation>
    </message>
    <message>
      <source>Koto</source>
      <translation>筝</translation>
    </message>
    <message>
      <source>Marimba</source>
      <translation>马林巴</translation>
    </message>
    <message>
      <source>Melodic tom</source>
      <translation>旋律嗵鼓</translation>
    </message>
    <message>
      <source>Metallic pad</source>
      <translation>金属铺底</translation>
    </message>
    <message>
      <source>Music box</source>
      <translation>八音盒</translation>
    </message>
    <message>
      <source>Muted guitar</source>
      <translation>闷音吉他</translation>
    </message>
    <message>
      <source>Muted trumpet</source>
      <translation>弱音小号</translation>
    </message>
    <message>
      <source>New age pad</source>
      <translation>新世纪铺底</translation>
    </message>
    <message>
      <source>Nylon guitar</source>
      <translation>尼龙弦吉他</translation>
    </message>
    <message>
      <source>Oboe</source>
      <translation>双簧管</translation>
    </message>
    <message>
      <source>Ocarina</source>
      <translation>陶笛</translation>
    </message>
    <message>
      <source>Orchestra hit</source>
      <translation>乐队齐奏</translation>
    </message>
    <message>
      <source>Overdriven guitar</source>
      <translation>过载吉他</translation>
    </message>
    <message>
      <source>Pan flute</source>
      <translation>排箫</translation>
    </message>
    <message>
      <source>Percussive organ</source>
      <translation>打击风琴</translation>
    </message>
    <message>
      <source>Piccolo</source>
      <translation>短笛</translation>
    </message>
    <message>
      <source>Picked bass</source>
      <translation>拨片贝斯</translation>
    </message>
    <message>
      <source>Pizzicato strings</source>
      <translation>拨奏弦乐</translation>
    </message>
    <message>
      <source>Polysynth pad</source>
      <translation>复音合成铺底</translation>
    </message>
    <message>
      <source>Rain</source>
      <translation>雨</translation>
    </message>
    <message>
      <source>Recorder</source>
      <translation>竖笛</translation>
    </message>
    <message>
      <source>Reed organ</source>
      <translation>簧风琴</translation>
    </message>
    <message>
      <source>Reverse cymbal</source>
      <translation>反向钹</translation>
    </message>
    <message>
      <source>Rock organ</source>
      <translation>摇滚风琴</translation>
    </message>
    <message>
      <source>Saw lead</source>
      <translation>锯齿波主音</translation>
    </message>
    <message>
      <source>Sci-fi</source>
      <translation>科幻</translation>
    </message>
    <message>
      <source>Seashore</source>
      <translation>海浪</translation>
    </message>
    <message>
      <source>Shakuhachi</source>
      <translation>尺八</translation>
    </message>
    <message>
      <source>Shamisen</source>
      <translation>三味线</translation>
    </message>
    <message>
      <source>Shanai</source>
      <translation>唢呐</translation>
    </message>
    <message>
      <source>Sitar</source>
      <translation>西塔琴</translation>
    </message>
    <message>
      <source>Slap bass 1</source>
      <translation>击弦贝斯 1</translation>
    </message>
    <message>
      <source>Slap bass 2</source>
      <translation>击弦贝斯 2</translation>
    </message>
    <message>
      <source>Soprano sax</source>
      <translation>高音萨克斯</translation>
    </message>
    <message>
      <source>Soundtrack</source>
      <translation>电影音轨</translation>
    </message>
    <message>
      <source>Square lead</source>
      <translation>方波主音</translation>
    </message>
    <message>
      <source>Steel drums</source>
      <translation>钢鼓</translation>
    </message>
    <message>
      <source>Steel guitar</source>
      <translation>钢弦吉他</translation>
    </message>
    <message>
      <source>Strings 1</source>
      <translation>弦乐 1</translation>
    </message>
    <message>
      <source>Strings 2</source>
      <translation>弦乐 2</translation>
    </message>
    <message>
      <source>Sweep pad</source>
      <translation>扫频铺底</translation>
    </message>
    <message>
      <source>Synth bass 1</source>
      <translation>合成贝斯 1</translation>
    </message>
    <message>
      <source>Synth bass 2</source>
      <translation>合成贝斯 2</translation>
    </message>
    <message>
      <source>Synth brass 1</source>
      <translation>合成铜管 1</translation>
    </message>
    <message>
      <source>Synth brass 2</source>
      <translation>合成铜管 2</translation>
    </message>
    <message>
      <source>Synth drum</source>
      <translation>合成鼓</translation>
    </message>
    <message>
      <source>Synth strings 1</source>
      <translation>合成弦乐 1</translation>
    </message>
    <message>
      <source>Synth strings 2</source>
      <translation>合成弦乐 2</translation>
    </message>
    <message>
      <source>Synth voice</source>
      <translation>合成人声</translation>
    </message>
    <message>
      <source>Taiko</source>
      <translation>太鼓</translation>
    </message>
    <message>
      <source>Telephone</source>
      <translation>电话铃</translation>
    </message>
    <message>
      <source>Tenor sax</source>
      <translation>次中音萨克斯</translation>
    </message>
    <message>
      <source>Timpani</source>
      <translation>定音鼓</translation>
    </message>
    <message>
      <source>Tinkle bell</source>
      <translation>叮当铃</translation>
    </message>
    <message>
      <source>Tremolo strings</source>
      <translation>震音弦乐</translation>
    </message>
    <message>
      <source>Trombone</source>
      <translation>长号</translation>
    </message>
    <message>
      <source>Trumpet</source>
      <translation>小号</translation>
    </message>
    <message>
      <source>Tuba</source>
      <translation>大号</translation>
    </message>
    <message>
      <source>Tubular bells</source>
      <translation>管钟</translation>
    </message>
    <message>
      <source>Vibraphone</source>
      <translation>颤音琴</translation>
    </message>
    <message>
      <source>Viola</source>
      <translation>中提琴</translation>
    </message>
    <message>
      <source>Violin</source>
      <translation>小提琴</translation>
    </message>
    <message>
      <source>Voice lead</source>
      <translation>人声主音</translation>
    </message>
    <message>
      <source>Voice oohs</source>
      <translation>人声“呜”</translation>
    </message>
    <message>
      <source>Warm pad</source>
      <translation>温暖铺底</translation>
    </message>
    <message>
      <source>Whistle</source>
      <translation>口哨</translation>
    </message>
    <message>
      <source>Woodblock</source>
      <translation>木鱼</translation>
    </message>
    <message>
      <source>Xylophone</source>
      <translation>木琴</translation>
    </message>
  </context>
  <context>
    <name>Intake</name>
    <message>
      <source>Pasted picture</source>
      <translation>粘贴的图片</translation>
    </message>
  </context>
  <context>
    <name>Lens</name>
    <message>
      <source>At {zoom} %, {across} % across and {down} % down the picture</source>
      <translation>比例 {zoom} %，位于画面横向 {across} %、纵向 {down} %</translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>放大镜</translation>
    </message>
    <message>
      <source>Shows the result pixel by pixel. Click to leave it here; arrow keys move it.</source>
      <translation>逐像素查看成品。点击固定，方向键移动。</translation>
    </message>
  </context>
  <context>
    <name>LicencesPage</name>
    <message>
      <source>Atelier is free software under the Apache License 2.0. It stands on the work of many others.</source>
      <translation>Atelier 是以 Apache 许可证 2.0 发布的自由软件，它建立在许多人的工作之上。</translation>
    </message>
    <message>
      <source>Licence text</source>
      <translation>许可证全文</translation>
    </message>
    <message>
      <source>Licences</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>No text came with this package.</source>
      <translation>此软件包没有附带文本。</translation>
    </message>
    <message>
      <source>Packages</source>
      <translation>软件包</translation>
    </message>
  </context>
  <context>
    <name>LineageWindow</name>
    <message>
      <source>How it was made</source>
      <translation>制作方法</translation>
    </message>
    <message>
      <source>Lineage</source>
      <translation>来历</translation>
    </message>
    <message>
      <source>Made from</source>
      <translation>取材于</translation>
    </message>
    <message>
      <source>Made with it</source>
      <translation>由它制成</translation>
    </message>
    <message>
      <source>Nothing yet</source>
      <translation>暂无</translation>
    </message>
    <message>
      <source>Nothing: it was brought in or written</source>
      <translation>没有：它是导入的或写成的</translation>
    </message>
    <message>
      <source>Seed {seed}</source>
      <translation>种子 {seed}</translation>
    </message>
    <message>
      <source>There is no recipe: it was brought in, or is a page as you kept it.</source>
      <translation>没有配方：它是导入的，或是你留存的页面。</translation>
    </message>
    <message>
      <source>This</source>
      <translation>当前</translation>
    </message>
    <message>
      <source>{seconds:.1f} s</source>
      <translation>{seconds:.1f} 秒</translation>
    </message>
  </context>
  <context>
    <name>Looking</name>
    <message>
      <source>Come closer to see it enlarged</source>
      <translation>再靠近些就能看到放大效果</translation>
    </message>
    <message>
      <source>Enlarging…</source>
      <translation>正在放大…</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Show the reel</source>
      <translation>显示作品栏</translation>
    </message>
  </context>
  <context>
    <name>MaskBar</name>
    <message>
      <source>Clear the mask (Delete)</source>
      <translation>清除蒙版（Delete）</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Edge</source>
      <translation>边缘</translation>
    </message>
    <message>
      <source>Erase (E, or the right mouse button)</source>
      <translation>擦除（E 或鼠标右键）</translation>
    </message>
    <message>
      <source>Paint where the style goes</source>
      <translation>涂出要重绘的地方</translation>
    </message>
    <message>
      <source>Show the mask (X)</source>
      <translation>显示蒙版（X）</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Size of the brush: [ and ]</source>
      <translation>画笔大小：[ 和 ]</translation>
    </message>
    <message>
      <source>Soft to hard edge</source>
      <translation>边缘由柔到硬</translation>
    </message>
    <message>
      <source>Swap inside and outside (I)</source>
      <translation>内外互换（I）</translation>
    </message>
    <message>
      <source>Take the last stroke back (Ctrl+Z)</source>
      <translation>撤回上一笔（Ctrl+Z）</translation>
    </message>
  </context>
  <context>
    <name>MaskButton</name>
    <message>
      <source>Paint with a brush where the style goes; the rest stays as it is, to the pixel</source>
      <translation>用画笔涂出要重绘的地方，其余部分逐像素保持原样</translation>
    </message>
    <message>
      <source>Style only a part</source>
      <translation>只重绘一部分</translation>
    </message>
    <message>
      <source>Style only a part…</source>
      <translation>只重绘一部分…</translation>
    </message>
    <message>
      <source>Style only where painted</source>
      <translation>只重绘涂过的地方</translation>
    </message>
  </context>
  <context>
    <name>Masks</name>
    <message>
      <source>Mask of {name}</source>
      <translation>{name} 的蒙版</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>A whole folder…</source>
      <translation>整个文件夹…</translation>
    </message>
    <message>
      <source>About Atelier</source>
      <translation>关于 Atelier</translation>
    </message>
    <message>
      <source>Bring in pictures or texts…</source>
      <translation>导入图片或文本…</translation>
    </message>
    <message>
      <source>Dark or light</source>
      <translation>深色或浅色</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Empty the trash…</source>
      <translation>清空回收站…</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Find an action…</source>
      <translation>查找操作…</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>全屏</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>帮助</translation>
    </message>
    <message>
      <source>Licences</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Music</source>
      <translation>音乐</translation>
    </message>
    <message>
      <source>New project</source>
      <translation>新建项目</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>打开…</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Pause the queue</source>
      <translation>暂停队列</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>偏好设置</translation>
    </message>
    <message>
      <source>Queue</source>
      <translation>队列</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Recent projects</source>
      <translation>最近的项目</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Rename the project</source>
      <translation>重命名项目</translation>
    </message>
    <message>
      <source>Save a copy…</source>
      <translation>另存副本…</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Show the log folder</source>
      <translation>显示日志文件夹</translation>
    </message>
    <message>
      <source>Show the queue</source>
      <translation>显示队列</translation>
    </message>
    <message>
      <source>Skip this</source>
      <translation>跳过此项</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>Stop after this</source>
      <translation>此项完成后停止</translation>
    </message>
    <message>
      <source>Stop now</source>
      <translation>立即停止</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>View</source>
      <translation>视图</translation>
    </message>
  </context>
  <context>
    <name>Mixer</name>
    <message>
      <source>In decibels; double-click gives 0</source>
      <translation>单位分贝；双击归零</translation>
    </message>
    <message>
      <source>Instrument</source>
      <translation>乐器</translation>
    </message>
    <message>
      <source>L</source>
      <translation>左</translation>
    </message>
    <message>
      <source>Left to right</source>
      <translation>从左到右</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名字</translation>
    </message>
    <message>
      <source>Name of the track</source>
      <translation>音轨名称</translation>
    </message>
    <message>
      <source>Pan</source>
      <translation>声像</translation>
    </message>
    <message>
      <source>R</source>
      <translation>右</translation>
    </message>
    <message>
      <source>Type to find one</source>
      <translation>输入以查找</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>音量</translation>
    </message>
    <message>
      <source>Volume of the track</source>
      <translation>音轨音量</translation>
    </message>
    <message>
      <source>Where the track sounds from; double-click gives the middle</source>
      <translation>声音从哪里来；双击居中</translation>
    </message>
  </context>
  <context>
    <name>ModelDesk</name>
    <message>
      <source>Connecting</source>
      <translation>正在连接</translation>
    </message>
    <message>
      <source>Downloading {name}</source>
      <translation>正在下载 {name}</translation>
    </message>
    <message>
      <source>Remove it and bring it in again from where you got it.</source>
      <translation>请移除它，再从原来的地方重新导入。</translation>
    </message>
    <message>
      <source>Removed {name}.</source>
      <translation>已移除 {name}。</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>{done:.0f} of {total:.0f} MB</source>
      <translation>{done:.0f} MB，共 {total:.0f} MB</translation>
    </message>
    <message>
      <source>{name} has changed since it came: {files}.</source>
      <translation>{name} 导入后发生了变化：{files}。</translation>
    </message>
    <message>
      <source>{name} is now one of your models.</source>
      <translation>{name} 已加入您的模型。</translation>
    </message>
    <message>
      <source>{name} is whole: {count} files as they should be.</source>
      <translation>{name} 完好：{count} 个文件都没有问题。</translation>
    </message>
  </context>
  <context>
    <name>ModelField</name>
    <message>
      <source>The one in the box</source>
      <translation>自带的模型</translation>
    </message>
    <message>
      <source>{name} (not here)</source>
      <translation>{name}（缺失）</translation>
    </message>
  </context>
  <context>
    <name>ModelsPage</name>
    <message>
      <source>About</source>
      <translation>介绍</translation>
    </message>
    <message>
      <source>About {name}</source>
      <translation>{name} 的介绍</translation>
    </message>
    <message>
      <source>Bring in a model</source>
      <translation>导入模型</translation>
    </message>
    <message>
      <source>Bring in a model…</source>
      <translation>导入模型…</translation>
    </message>
    <message>
      <source>Can be fetched</source>
      <translation>可以下载</translation>
    </message>
    <message>
      <source>Check the files</source>
      <translation>检查文件</translation>
    </message>
    <message>
      <source>Connects to that address only, when you press it.</source>
      <translation>按下后才会联网，且只连接该地址。</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>下载</translation>
    </message>
    <message>
      <source>Family</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>In the box</source>
      <translation>自带</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>模型</translation>
    </message>
    <message>
      <source>Models ({names})</source>
      <translation>模型（{names}）</translation>
    </message>
    <message>
      <source>Models are files on this machine. Drop your own anywhere on the window: style networks and upscalers (.pth, .model, .onnx, .safetensors), language models (.gguf, or a folder with config.json and .safetensors), image generators (.safetensors, or a folder with model_index.json) with their add-ons and decoders. They are looked at before they are used, and a file that would run code is refused.</source>
      <translation>模型是本机上的文件。把自己的模型拖到窗口任意处：风格网络和放大模型（.pth、.model、.onnx、.safetensors），语言模型（.gguf，或含 config.json 和 .safetensors 的文件夹），图像模型（.safetensors，或含 model_index.json 的文件夹）及其附加模型和解码器。使用前会先检查，会运行代码的文件一律拒绝。</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Yours</source>
      <translation>您的模型</translation>
    </message>
    <message>
      <source>about {size:.1f} GB of memory on {place}</source>
      <translation>在{place}上约需 {size:.1f} GB 内存</translation>
    </message>
    <message>
      <source>for {families}</source>
      <translation>用于 {families}</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>未知</translation>
    </message>
    <message>
      <source>{size:.0f} MB · licence {licence} · from {source}</source>
      <translation>{size:.0f} MB · 许可证 {licence} · 来自 {source}</translation>
    </message>
    <message>
      <source>{size:.1f} MB</source>
      <translation>{size:.1f} MB</translation>
    </message>
  </context>
  <context>
    <name>MoodPad</name>
    <message>
      <source>Left dark, right bright, up wild, down calm. Double-click or Delete: as it comes.</source>
      <translation>左暗右明，上狂下静。双击或按 Delete：随意。</translation>
    </message>
    <message>
      <source>Mood</source>
      <translation>情绪</translation>
    </message>
    <message>
      <source>bright</source>
      <translation>明亮</translation>
    </message>
    <message>
      <source>calm</source>
      <translation>平静</translation>
    </message>
    <message>
      <source>dark</source>
      <translation>阴暗</translation>
    </message>
    <message>
      <source>wild</source>
      <translation>狂放</translation>
    </message>
  </context>
  <context>
    <name>MusicColumn</name>
    <message>
      <source>The same seed and settings give the same notes.</source>
      <translation>同样的种子和设置得到同样的音符。</translation>
    </message>
    <message>
      <source>any</source>
      <translation>任意</translation>
    </message>
  </context>
  <context>
    <name>MusicPage</name>
    <message>
      <source>Go on from this</source>
      <translation>从这里继续</translation>
    </message>
    <message>
      <source>Put this on the roll</source>
      <translation>放到卷帘上</translation>
    </message>
  </context>
  <context>
    <name>MusicView</name>
    <message>
      <source>A recording is for an audio model that follows a tune, and there is none here. MIDI, MusicXML and ABC go onto the roll.</source>
      <translation>录音要给能跟随旋律的音频模型，这里没有。MIDI、MusicXML 和 ABC 可以放到卷帘上。</translation>
    </message>
    <message>
      <source>A semitone down</source>
      <translation>降半音</translation>
    </message>
    <message>
      <source>A semitone up</source>
      <translation>升半音</translation>
    </message>
    <message>
      <source>Add a track</source>
      <translation>添加音轨</translation>
    </message>
    <message>
      <source>All of the piece</source>
      <translation>整首曲子</translation>
    </message>
    <message>
      <source>An empty roll. Begin anywhere.</source>
      <translation>空的卷帘。从哪里开始都行。</translation>
    </message>
    <message>
      <source>An octave down</source>
      <translation>降八度</translation>
    </message>
    <message>
      <source>An octave up</source>
      <translation>升八度</translation>
    </message>
    <message>
      <source>Bring notes to the grid</source>
      <translation>把音符对齐到网格</translation>
    </message>
    <message>
      <source>Choose all notes of the track</source>
      <translation>选中音轨的全部音符</translation>
    </message>
    <message>
      <source>Clear the roll</source>
      <translation>清空卷帘</translation>
    </message>
    <message>
      <source>Copy notes</source>
      <translation>复制音符</translation>
    </message>
    <message>
      <source>Cut notes</source>
      <translation>剪切音符</translation>
    </message>
    <message>
      <source>Delete notes</source>
      <translation>删除音符</translation>
    </message>
    <message>
      <source>Draw a note</source>
      <translation>画一个音符</translation>
    </message>
    <message>
      <source>Duplicate notes</source>
      <translation>再来一份音符</translation>
    </message>
    <message>
      <source>Lock or unlock notes</source>
      <translation>锁定或解锁音符</translation>
    </message>
    <message>
      <source>Loop the chosen bars</source>
      <translation>循环所选小节</translation>
    </message>
    <message>
      <source>Narrower</source>
      <translation>更窄</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新种子</translation>
    </message>
    <message>
      <source>Open a score…</source>
      <translation>打开乐谱…</translation>
    </message>
    <message>
      <source>Paste notes at the playhead</source>
      <translation>在播放位置粘贴音符</translation>
    </message>
    <message>
      <source>Play or pause</source>
      <translation>播放或暂停</translation>
    </message>
    <message>
      <source>Press Compose and hear what comes, drop a MIDI file or a score, or draw the first note yourself. Everything stays on this machine.</source>
      <translation>按“作曲”听听会来什么，拖入 MIDI 文件或乐谱，或自己画下第一个音符。一切都留在这台机器上。</translation>
    </message>
    <message>
      <source>Put a well-known tune on the roll</source>
      <translation>放一首熟悉的曲子</translation>
    </message>
    <message>
      <source>Ready. The roll has changed meanwhile: choose the attempt below.</source>
      <translation>好了。卷帘期间有改动：请在下面选这次尝试。</translation>
    </message>
    <message>
      <source>Redo on the roll</source>
      <translation>卷帘上重做</translation>
    </message>
    <message>
      <source>Remove the track</source>
      <translation>移除音轨</translation>
    </message>
    <message>
      <source>Reset the settings</source>
      <translation>重置设置</translation>
    </message>
    <message>
      <source>Something is missing: see above</source>
      <translation>缺了些什么：见上方</translation>
    </message>
    <message>
      <source>Stop playing</source>
      <translation>停止播放</translation>
    </message>
    <message>
      <source>The attempt before</source>
      <translation>上一次尝试</translation>
    </message>
    <message>
      <source>The next attempt</source>
      <translation>下一次尝试</translation>
    </message>
    <message>
      <source>The sound will follow {name}.</source>
      <translation>声音将跟随 {name}。</translation>
    </message>
    <message>
      <source>Undo on the roll</source>
      <translation>卷帘上撤销</translation>
    </message>
    <message>
      <source>Wider</source>
      <translation>更宽</translation>
    </message>
    <message>
      <source>Write the chord here</source>
      <translation>在这里写和弦</translation>
    </message>
    <message>
      <source>Yours</source>
      <translation>您的模型</translation>
    </message>
    <message>
      <source>{name} is in the reel below.</source>
      <translation>{name} 在下面的作品栏里。</translation>
    </message>
    <message>
      <source>{place} of {count}</source>
      <translation>{place} / {count}</translation>
    </message>
  </context>
  <context>
    <name>Notice</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close this notice</source>
      <translation>关闭此通知</translation>
    </message>
  </context>
  <context>
    <name>Notices</name>
    <message>
      <source>Copy details</source>
      <translation>复制详情</translation>
    </message>
  </context>
  <context>
    <name>OddsPopup</name>
    <message>
      <source>What the model considered</source>
      <translation>模型考虑过什么</translation>
    </message>
    <message>
      <source>“{word}” had {share}. Or go on with:</source>
      <translation>“{word}”占 {share}。或者改用：</translation>
    </message>
  </context>
  <context>
    <name>OddsRow</name>
    <message>
      <source>{odds}, on the page</source>
      <translation>{odds}，在页面上</translation>
    </message>
  </context>
  <context>
    <name>OtherSeed</name>
    <message>
      <source>New other seed</source>
      <translation>换一个目标种子</translation>
    </message>
    <message>
      <source>Other seed</source>
      <translation>目标种子</translation>
    </message>
    <message>
      <source>Roll another seed to go towards</source>
      <translation>另掷一个要靠近的种子</translation>
    </message>
    <message>
      <source>The seed to go towards</source>
      <translation>要靠近的种子</translation>
    </message>
  </context>
  <context>
    <name>OutlineList</name>
    <message>
      <source>Headings of the page</source>
      <translation>这一页的标题</translation>
    </message>
  </context>
  <context>
    <name>Pad</name>
    <message>
      <source>Around here</source>
      <translation>这附近</translation>
    </message>
    <message>
      <source>Aside {aside}, along {along}. Arrow keys move, Home goes back to the seed.</source>
      <translation>横移 {aside}，纵移 {along}。方向键移动，Home 回到种子。</translation>
    </message>
    <message>
      <source>Drag the point, or press the arrow keys, to wander about near this seed</source>
      <translation>拖动圆点或按方向键，在这个种子附近漫步</translation>
    </message>
  </context>
  <context>
    <name>PageDrops</name>
    <message>
      <source>Add these story cards</source>
      <translation>添加这些故事卡片</translation>
    </message>
    <message>
      <source>Put this text into the page</source>
      <translation>把这段文字放进页面</translation>
    </message>
  </context>
  <context>
    <name>PageMenu</name>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>剪切</translation>
    </message>
    <message>
      <source>Find…</source>
      <translation>查找…</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
  </context>
  <context>
    <name>PaintButton</name>
    <message>
      <source>Anew only where marked</source>
      <translation>只重画标记处</translation>
    </message>
    <message>
      <source>Mark with a brush what is painted anew; the rest stays as it is, to the pixel</source>
      <translation>用画笔标出要重画的地方；其余逐像素保持不变</translation>
    </message>
    <message>
      <source>Paint anew only a part</source>
      <translation>只重画一部分</translation>
    </message>
    <message>
      <source>Paint anew only a part…</source>
      <translation>只重画一部分…</translation>
    </message>
  </context>
  <context>
    <name>PanelDesk</name>
    <message>
      <source>Ready: {name}</source>
      <translation>已完成：{name}</translation>
    </message>
    <message>
      <source>Settings taken over.</source>
      <translation>已采用这些设置。</translation>
    </message>
    <message>
      <source>Settings taken over. {count} of its pictures are not in this project.</source>
      <translation>已采用其设置。有 {count} 张所用图片不在此项目中。</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>These settings are for a panel that is not here: {panel}.</source>
      <translation>这些设置属于这里没有的面板：{panel}。</translation>
    </message>
    <message>
      <source>This has no recipe: it was brought in or written.</source>
      <translation>它没有配方：是导入的或写成的。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
  </context>
  <context>
    <name>PanelView</name>
    <message>
      <source>Finishing</source>
      <translation>正在收尾</translation>
    </message>
    <message>
      <source>Fold settings</source>
      <translation>收起设置</translation>
    </message>
    <message>
      <source>Fold the settings away</source>
      <translation>收起设置</translation>
    </message>
    <message>
      <source>Show the settings</source>
      <translation>显示设置</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>正在开始</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopping</source>
      <translation>正在停止</translation>
    </message>
    <message>
      <source>Waiting its turn</source>
      <translation>排队等待</translation>
    </message>
  </context>
  <context>
    <name>ParamsForm</name>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
  </context>
  <context>
    <name>PictureBatch</name>
    <message>
      <source>Leave this picture out</source>
      <translation>不处理这张图片</translation>
    </message>
    <message>
      <source>Next picture</source>
      <translation>下一张</translation>
    </message>
    <message>
      <source>Previous picture</source>
      <translation>上一张</translation>
    </message>
    <message>
      <source>{at} of {count}</source>
      <translation>第 {at} 张，共 {count} 张</translation>
    </message>
  </context>
  <context>
    <name>PieceFields</name>
    <message>
      <source>Key of the piece</source>
      <translation>曲子的调</translation>
    </message>
    <message>
      <source>Metre of the piece</source>
      <translation>曲子的拍号</translation>
    </message>
    <message>
      <source>Quarter notes a minute</source>
      <translation>每分钟四分音符数</translation>
    </message>
    <message>
      <source>Tempo of the piece</source>
      <translation>曲子的速度</translation>
    </message>
    <message>
      <source>no key</source>
      <translation>无调</translation>
    </message>
  </context>
  <context>
    <name>PlayBox</name>
    <message>
      <source>8 × 8 around here</source>
      <translation>附近 8 × 8 张</translation>
    </message>
    <message>
      <source>A grid of 8 by 8 pictures around here</source>
      <translation>这附近 8 × 8 张图片的网格</translation>
    </message>
    <message>
      <source>A sheet of the room around this seed; click a picture there to take it</source>
      <translation>这个种子周围的对照表；点其中一张即可采用</translation>
    </message>
    <message>
      <source>Around here</source>
      <translation>这附近</translation>
    </message>
    <message>
      <source>Other prompt</source>
      <translation>另一个提示</translation>
    </message>
    <message>
      <source>Other prompt, such as a green pear</source>
      <translation>另一个提示，例如 a green pear</translation>
    </message>
    <message>
      <source>What to go towards; empty is the prompt itself</source>
      <translation>走向哪里；留空就是提示本身</translation>
    </message>
    <message>
      <source>{aside} aside
{along} along</source>
      <translation>横移 {aside}
纵移 {along}</translation>
    </message>
  </context>
  <context>
    <name>Player</name>
    <message>
      <source>This machine has no sound device.</source>
      <translation>这台机器没有声音设备。</translation>
    </message>
  </context>
  <context>
    <name>PreferencesPage</name>
    <message>
      <source>A new language and memory limit are used from the next start, another device from the next job.</source>
      <translation>新的语言和内存上限在下次启动时生效，计算设备从下一个任务起生效。</translation>
    </message>
    <message>
      <source>For all projects. Kept as you change them.</source>
      <translation>适用于所有项目，改动即时保存。</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>偏好设置</translation>
    </message>
  </context>
  <context>
    <name>PresetField</name>
    <message>
      <source>Forget this preset</source>
      <translation>删除这个预设</translation>
    </message>
    <message>
      <source>Its name, then Enter</source>
      <translation>输入名称后按 Enter</translation>
    </message>
    <message>
      <source>Keep these settings as a preset</source>
      <translation>把这些设置存为预设</translation>
    </message>
    <message>
      <source>Keep these settings as a preset…</source>
      <translation>把这些设置存为预设…</translation>
    </message>
    <message>
      <source>Name of the preset</source>
      <translation>预设名称</translation>
    </message>
    <message>
      <source>Preset</source>
      <translation>预设</translation>
    </message>
    <message>
      <source>Settings that belong together</source>
      <translation>一组相配的设置</translation>
    </message>
    <message>
      <source>Your own mixture</source>
      <translation>你自己的搭配</translation>
    </message>
  </context>
  <context>
    <name>ProjectDesk</name>
    <message>
      <source>Atelier projects (*.atelier)</source>
      <translation>Atelier 项目 (*.atelier)</translation>
    </message>
    <message>
      <source>Copied to {name}.</source>
      <translation>已复制到 {name}。</translation>
    </message>
    <message>
      <source>Open a project</source>
      <translation>打开项目</translation>
    </message>
    <message>
      <source>Open another…</source>
      <translation>打开别的…</translation>
    </message>
    <message>
      <source>Open the copy</source>
      <translation>打开副本</translation>
    </message>
    <message>
      <source>Save a copy</source>
      <translation>另存副本</translation>
    </message>
    <message>
      <source>Save a copy…</source>
      <translation>另存副本…</translation>
    </message>
    <message>
      <source>This project is open already.</source>
      <translation>此项目已经打开。</translation>
    </message>
    <message>
      <source>This project is read-only.</source>
      <translation>此项目是只读的。</translation>
    </message>
    <message>
      <source>Untitled</source>
      <translation>未命名</translation>
    </message>
    <message>
      <source>{name} copy{suffix}</source>
      <translation>{name} 副本{suffix}</translation>
    </message>
  </context>
  <context>
    <name>Prompt</name>
    <message>
      <source> and {count} more</source>
      <translation>等，另有 {count} 个</translation>
    </message>
    <message>
      <source>Not known: {words}</source>
      <translation>不认识：{words}</translation>
    </message>
    <message>
      <source>Not read: {text}</source>
      <translation>未读：{text}</translation>
    </message>
    <message>
      <source>Read {words}</source>
      <translation>读作 {words}</translation>
    </message>
    <message>
      <source>{count} of {limit} tokens</source>
      <translation>{count} / {limit} 个词元</translation>
    </message>
    <message>
      <source>{count} of {limit} words</source>
      <translation>{count} / {limit} 个词</translation>
    </message>
    <message>
      <source>{count} tokens</source>
      <translation>{count} 个词元</translation>
    </message>
    <message>
      <source>{count} words</source>
      <translation>{count} 个词</translation>
    </message>
    <message>
      <source>“{word}” as “{known}”</source>
      <translation>“{word}”→“{known}”</translation>
    </message>
  </context>
  <context>
    <name>PromptEdit</name>
    <message>
      <source>Insert a list of words</source>
      <translation>插入词表</translation>
    </message>
  </context>
  <context>
    <name>PromptField</name>
    <message>
      <source>A smiling red apple</source>
      <translation>A smiling red apple（微笑的红苹果）</translation>
    </message>
    <message>
      <source>Earlier prompts</source>
      <translation>以前的提示</translation>
    </message>
    <message>
      <source>Earlier prompts (Alt+Up)</source>
      <translation>以前的提示 (Alt+Up)</translation>
    </message>
    <message>
      <source>Forget all</source>
      <translation>全部忘记</translation>
    </message>
    <message>
      <source>Length of the prompt</source>
      <translation>提示的长度</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>还没有</translation>
    </message>
    <message>
      <source>text, frame</source>
      <translation>text, frame（文字、边框）</translation>
    </message>
  </context>
  <context>
    <name>ProposalSheet</name>
    <message>
      <source>Drop it</source>
      <translation>不要了</translation>
    </message>
    <message>
      <source>Leave the page as it is; the result stays in the project</source>
      <translation>页面保持原样；结果留在项目里</translation>
    </message>
    <message>
      <source>Take it</source>
      <translation>采用</translation>
    </message>
    <message>
      <source>What the model made of it</source>
      <translation>模型写出的结果</translation>
    </message>
  </context>
  <context>
    <name>QueueDesk</name>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Go on with the queue</source>
      <translation>继续队列</translation>
    </message>
    <message>
      <source>Pause the queue</source>
      <translation>暂停队列</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示</translation>
    </message>
    <message>
      <source>The last job ran on: {device}</source>
      <translation>上一个任务使用的设备：{device}</translation>
    </message>
    <message>
      <source>The queue of last time is still here: {count} waiting.</source>
      <translation>上次的队列还在：{count} 项等待中。</translation>
    </message>
  </context>
  <context>
    <name>QueueModel</name>
    <message>
      <source>Done</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Stopping</source>
      <translation>正在停止</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>等待中</translation>
    </message>
    <message>
      <source>Working</source>
      <translation>进行中</translation>
    </message>
  </context>
  <context>
    <name>QueueView</name>
    <message>
      <source>Clear what has ended</source>
      <translation>清除已结束的任务</translation>
    </message>
    <message>
      <source>Copy details</source>
      <translation>复制详情</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>上移</translation>
    </message>
    <message>
      <source>Nothing is waiting. What you start is listed here.</source>
      <translation>没有等待的任务。您开始的任务会列在这里。</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Queue</source>
      <translation>队列</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>跳过</translation>
    </message>
    <message>
      <source>Stop after this</source>
      <translation>此项完成后停止</translation>
    </message>
    <message>
      <source>Stop now</source>
      <translation>立即停止</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
  </context>
  <context>
    <name>Reel</name>
    <message>
      <source>Brought in</source>
      <translation>导入的</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>Find by name</source>
      <translation>按名称查找</translation>
    </message>
    <message>
      <source>Made here</source>
      <translation>在此制作的</translation>
    </message>
    <message>
      <source>Move to trash</source>
      <translation>移到回收站</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Send to</source>
      <translation>发送到</translation>
    </message>
    <message>
      <source>Show in the reel</source>
      <translation>在作品栏中显示</translation>
    </message>
    <message>
      <source>Show lineage</source>
      <translation>显示来历</translation>
    </message>
    <message>
      <source>Stars</source>
      <translation>星级</translation>
    </message>
    <message>
      <source>Trash</source>
      <translation>回收站</translation>
    </message>
    <message>
      <source>Use these settings</source>
      <translation>使用这些设置</translation>
    </message>
    <message>
      <source>Use this seed</source>
      <translation>使用此种子</translation>
    </message>
    <message>
      <source>Vary</source>
      <translation>换个变化</translation>
    </message>
    <message>
      <source>What you make and bring in gathers here.</source>
      <translation>您制作和导入的一切都汇集在这里。</translation>
    </message>
    <message>
      <source>With stars</source>
      <translation>有星级的</translation>
    </message>
    <message>
      <source>{shown} of {total}</source>
      <translation>{shown} / {total}</translation>
    </message>
  </context>
  <context>
    <name>ReelDesk</name>
    <message>
      <source>Choose something in the reel first.</source>
      <translation>请先在作品栏中选择。</translation>
    </message>
    <message>
      <source>Empty it</source>
      <translation>清空</translation>
    </message>
    <message>
      <source>Empty the trash? This cannot be undone.</source>
      <translation>清空回收站？此操作无法撤销。</translation>
    </message>
    <message>
      <source>Exported {name}.</source>
      <translation>已导出 {name}。</translation>
    </message>
    <message>
      <source>Exported {pictures}.</source>
      <translation>已导出 {pictures}。</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Moved {pictures} to the trash.</source>
      <translation>已将 {pictures}移到回收站。</translation>
    </message>
    <message>
      <source>Moved “{name}” to the trash.</source>
      <translation>已将“{name}”移到回收站。</translation>
    </message>
    <message>
      <source>Rendering the sound; the file is there when it is done.</source>
      <translation>正在渲染声音；完成后文件就在那里。</translation>
    </message>
    <message>
      <source>Show the folder</source>
      <translation>显示文件夹</translation>
    </message>
    <message>
      <source>The trash is empty: {size:.1f} MB freed.</source>
      <translation>回收站已清空，腾出 {size:.1f} MB。</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
  </context>
  <context>
    <name>ReelModel</name>
    <message>
      <source>{count} bars</source>
      <translation>{count} 小节</translation>
    </message>
    <message>
      <source>{count} stars</source>
      <translation>{count} 星</translation>
    </message>
    <message>
      <source>{count} words</source>
      <translation>{count} 个词</translation>
    </message>
  </context>
  <context>
    <name>Roll</name>
    <message>
      <source>1 note</source>
      <translation>1 个音符</translation>
    </message>
    <message>
      <source>Bar</source>
      <translation>小节</translation>
    </message>
    <message>
      <source>Chords</source>
      <translation>和弦</translation>
    </message>
    <message>
      <source>Loudness</source>
      <translation>力度</translation>
    </message>
    <message>
      <source>Piano roll</source>
      <translation>钢琴卷帘</translation>
    </message>
    <message>
      <source>bright —</source>
      <translation>明亮 —</translation>
    </message>
    <message>
      <source>excited - -</source>
      <translation>激动 - -</translation>
    </message>
    <message>
      <source>{count} notes</source>
      <translation>{count} 个音符</translation>
    </message>
  </context>
  <context>
    <name>RunBar</name>
    <message>
      <source>A whole folder</source>
      <translation>整个文件夹</translation>
    </message>
    <message>
      <source>A whole folder…</source>
      <translation>整个文件夹…</translation>
    </message>
    <message>
      <source>End now and keep the picture as it is</source>
      <translation>现在结束，保留当前画面</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stop and keep</source>
      <translation>停止并保留</translation>
    </message>
  </context>
  <context>
    <name>ScaleField</name>
    <message>
      <source>Keeps the size and only cleans</source>
      <translation>保持尺寸，只做清理</translation>
    </message>
  </context>
  <context>
    <name>SchedulerField</name>
    <message>
      <source>The model's own</source>
      <translation>模型自己的</translation>
    </message>
  </context>
  <context>
    <name>SeedField</name>
    <message>
      <source>Keep this seed</source>
      <translation>锁定此种子</translation>
    </message>
    <message>
      <source>Keep this seed for every run</source>
      <translation>每次都使用此种子</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新种子</translation>
    </message>
    <message>
      <source>Roll a new seed</source>
      <translation>掷一个新种子</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>The same seed and settings give the same picture.</source>
      <translation>种子和设置相同，画面就相同。</translation>
    </message>
  </context>
  <context>
    <name>SeenMark</name>
    <message>
      <source>the model sees from here on</source>
      <translation>模型从这里开始看</translation>
    </message>
  </context>
  <context>
    <name>Sheet</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>SheetMaker</name>
    <message>
      <source>Across</source>
      <translation>横向</translation>
    </message>
    <message>
      <source>Choose a setting, then its values.</source>
      <translation>先选设置，再选取值。</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>纵向</translation>
    </message>
    <message>
      <source>Make the sheet</source>
      <translation>生成对照表</translation>
    </message>
    <message>
      <source>One picture for every pair of values</source>
      <translation>每对取值一张图片</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>What changes from column to column</source>
      <translation>各列之间变什么</translation>
    </message>
    <message>
      <source>What changes from row to row</source>
      <translation>各行之间变什么</translation>
    </message>
  </context>
  <context>
    <name>SheetPicker</name>
    <message>
      <source>Enter takes it</source>
      <translation>按 Enter 采用</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>对照表</translation>
    </message>
    <message>
      <source>click to take it</source>
      <translation>点按采用</translation>
    </message>
    <message>
      <source>{columns} columns, {rows} rows. Click a picture to take its settings.</source>
      <translation>{columns} 列，{rows} 行。点一张图片即可采用它的设置。</translation>
    </message>
  </context>
  <context>
    <name>ShortcutsPage</name>
    <message>
      <source>0 to 5</source>
      <translation>0 到 5</translation>
    </message>
    <message>
      <source>A note at the playhead</source>
      <translation>在播放位置放一个音符</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>实际大小</translation>
    </message>
    <message>
      <source>Arrow keys; with Shift an octave</source>
      <translation>方向键；加 Shift 为八度</translation>
    </message>
    <message>
      <source>Choose, draw, erase</source>
      <translation>选择、画、擦</translation>
    </message>
    <message>
      <source>Ctrl+down, Ctrl+up</source>
      <translation>Ctrl+下，Ctrl+上</translation>
    </message>
    <message>
      <source>Ctrl+left, Ctrl+right</source>
      <translation>Ctrl+左，Ctrl+右</translation>
    </message>
    <message>
      <source>Ctrl+wheel</source>
      <translation>Ctrl+滚轮</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Delete</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Everything can also be found with Ctrl+K.</source>
      <translation>按 Ctrl+K 可查找所有操作。</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>适合窗口</translation>
    </message>
    <message>
      <source>From note to note</source>
      <translation>逐个音符</translation>
    </message>
    <message>
      <source>Give stars</source>
      <translation>评星级</translation>
    </message>
    <message>
      <source>In the reel</source>
      <translation>在作品栏中</translation>
    </message>
    <message>
      <source>In the window</source>
      <translation>在窗口中</translation>
    </message>
    <message>
      <source>Move the chosen notes</source>
      <translation>移动所选音符</translation>
    </message>
    <message>
      <source>Move the picture</source>
      <translation>移动画面</translation>
    </message>
    <message>
      <source>Move to trash</source>
      <translation>移到回收站</translation>
    </message>
    <message>
      <source>Narrower, wider, all, usual size</source>
      <translation>更窄、更宽、全部、通常大小</translation>
    </message>
    <message>
      <source>On a picture</source>
      <translation>在图片上</translation>
    </message>
    <message>
      <source>On the piano roll</source>
      <translation>在钢琴卷帘上</translation>
    </message>
    <message>
      <source>Play or pause</source>
      <translation>播放或暂停</translation>
    </message>
    <message>
      <source>Shift+left, Shift+right</source>
      <translation>Shift+左，Shift+右</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Shorter, longer</source>
      <translation>更短、更长</translation>
    </message>
    <message>
      <source>Show large</source>
      <translation>放大显示</translation>
    </message>
    <message>
      <source>Softer, louder</source>
      <translation>更轻、更响</translation>
    </message>
    <message>
      <source>Space</source>
      <translation>空格</translation>
    </message>
    <message>
      <source>Space and drag</source>
      <translation>空格键加拖动</translation>
    </message>
    <message>
      <source>The track before, the next one</source>
      <translation>上一条音轨、下一条</translation>
    </message>
    <message>
      <source>To the grid, lock, loop, chord</source>
      <translation>对齐、锁定、循环、和弦</translation>
    </message>
    <message>
      <source>Zoom at the pointer</source>
      <translation>在指针处缩放</translation>
    </message>
  </context>
  <context>
    <name>SideField</name>
    <message>
      <source>to match</source>
      <translation>自动</translation>
    </message>
  </context>
  <context>
    <name>SizeCard</name>
    <message>
      <source>New size</source>
      <translation>新尺寸</translation>
    </message>
  </context>
  <context>
    <name>SizeField</name>
    <message>
      <source>As the picture</source>
      <translation>与原图相同</translation>
    </message>
    <message>
      <source>Best  ·  {size}</source>
      <translation>最佳  ·  {size}</translation>
    </message>
    <message>
      <source>Goes to a size that the model can paint</source>
      <translation>会调到模型能画的尺寸</translation>
    </message>
    <message>
      <source>Height</source>
      <translation>高度</translation>
    </message>
    <message>
      <source>My own…</source>
      <translation>自定…</translation>
    </message>
    <message>
      <source>Other…</source>
      <translation>其他…</translation>
    </message>
    <message>
      <source>Swap width and height</source>
      <translation>交换宽高</translation>
    </message>
    <message>
      <source>The picture's own</source>
      <translation>与图片相同</translation>
    </message>
    <message>
      <source>The proportions of the picture to start from</source>
      <translation>起始图片的比例</translation>
    </message>
    <message>
      <source>What the model paints best</source>
      <translation>模型最擅长的尺寸</translation>
    </message>
    <message>
      <source>Width</source>
      <translation>宽度</translation>
    </message>
    <message>
      <source>{size} px</source>
      <translation>{size} 像素</translation>
    </message>
  </context>
  <context>
    <name>SizeFields</name>
    <message>
      <source>Time, memory and file size: not measured yet</source>
      <translation>时间、内存和文件大小：尚未测量</translation>
    </message>
    <message>
      <source>{megapixels} MP  ·  {across} × {down} cm at {dpi} dpi</source>
      <translation>{megapixels} 百万像素  ·  {dpi} dpi 时 {across} × {down} 厘米</translation>
    </message>
    <message>
      <source>{size} file</source>
      <translation>文件 {size}</translation>
    </message>
    <message>
      <source>{size} memory</source>
      <translation>内存 {size}</translation>
    </message>
  </context>
  <context>
    <name>SoundFields</name>
    <message>
      <source>16 bits</source>
      <translation>16 位</translation>
    </message>
    <message>
      <source>24 bits</source>
      <translation>24 位</translation>
    </message>
    <message>
      <source>As it is</source>
      <translation>保持原样</translation>
    </message>
    <message>
      <source>As it is heard here</source>
      <translation>和这里听到的一样</translation>
    </message>
    <message>
      <source>Depth</source>
      <translation>位深</translation>
    </message>
    <message>
      <source>Reverb</source>
      <translation>混响</translation>
    </message>
    <message>
      <source>Sheet music (MusicXML)</source>
      <translation>乐谱（MusicXML）</translation>
    </message>
    <message>
      <source>SoundFont</source>
      <translation>音色库</translation>
    </message>
    <message>
      <source>Stems: each track as WAV</source>
      <translation>分轨：每条音轨一个 WAV</translation>
    </message>
  </context>
  <context>
    <name>SoundPlayer</name>
    <message>
      <source>This machine has no sound device.</source>
      <translation>这台机器没有声音设备。</translation>
    </message>
  </context>
  <context>
    <name>SoundWindow</name>
    <message>
      <source>Outline and frequencies of the sound</source>
      <translation>声音的轮廓和频率</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>正在读取…</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>声音</translation>
    </message>
    <message>
      <source>The arrow keys go one second, the page keys ten.</source>
      <translation>方向键移动一秒，翻页键移动十秒。</translation>
    </message>
    <message>
      <source>mono</source>
      <translation>单声道</translation>
    </message>
    <message>
      <source>silence</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>stereo</source>
      <translation>立体声</translation>
    </message>
    <message>
      <source>{count} channels</source>
      <translation>{count} 声道</translation>
    </message>
    <message>
      <source>{level:.1f} LUFS</source>
      <translation>{level:.1f} LUFS</translation>
    </message>
  </context>
  <context>
    <name>SplitHandle</name>
    <message>
      <source>Before and after</source>
      <translation>前后对比</translation>
    </message>
    <message>
      <source>Drag to compare before and after</source>
      <translation>拖动以对比前后</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>Connected · {count}</source>
      <translation>已联网 · {count}</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>联网次数</translation>
    </message>
    <message>
      <source>Connections opened since the start: {count}. Nothing connects unless you press Download for a model.</source>
      <translation>启动以来的联网次数：{count}。除非您为某个模型按下“下载”，否则不会联网。</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>记忆</translation>
    </message>
    <message>
      <source>Memory in use on this machine: {words}</source>
      <translation>这台电脑已用内存：{words}</translation>
    </message>
    <message>
      <source>Offline · {count}</source>
      <translation>离线 · {count}</translation>
    </message>
    <message>
      <source>Paused · {count} waiting</source>
      <translation>已暂停 · {count} 项等待</translation>
    </message>
    <message>
      <source>Queue</source>
      <translation>队列</translation>
    </message>
    <message>
      <source>Queue is empty</source>
      <translation>队列为空</translation>
    </message>
    <message>
      <source>Reel</source>
      <translation>作品栏</translation>
    </message>
    <message>
      <source>Working{done}</source>
      <translation>进行中{done}</translation>
    </message>
    <message>
      <source>Working{done} · {count} waiting</source>
      <translation>进行中{done} · {count} 项等待</translation>
    </message>
    <message>
      <source>{used:.1f} of {total:.0f} GB</source>
      <translation>{used:.1f} / {total:.0f} GB</translation>
    </message>
  </context>
  <context>
    <name>Strip</name>
    <message>
      <source>Picture {at} of {count}, seed {seed}: {state}</source>
      <translation>第 {at} 张，共 {count} 张，种子 {seed}：{state}</translation>
    </message>
    <message>
      <source>Pictures of this run</source>
      <translation>这一轮的图片</translation>
    </message>
    <message>
      <source>Shows one of them large</source>
      <translation>放大显示其中一张</translation>
    </message>
    <message>
      <source>being painted</source>
      <translation>正在绘制</translation>
    </message>
    <message>
      <source>done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>unfinished</source>
      <translation>未完成</translation>
    </message>
    <message>
      <source>waiting</source>
      <translation>等待中</translation>
    </message>
  </context>
  <context>
    <name>StyleField</name>
    <message>
      <source>Forget this style</source>
      <translation>忘记这个风格</translation>
    </message>
    <message>
      <source>Its name, then Enter</source>
      <translation>输入名称后按 Enter</translation>
    </message>
    <message>
      <source>Keep the prompt as a style</source>
      <translation>把提示存为风格</translation>
    </message>
    <message>
      <source>Keep these words as a style; {prompt} stands for what comes later</source>
      <translation>把这些文字存为风格；{prompt} 代表以后的内容</translation>
    </message>
    <message>
      <source>Name of the style</source>
      <translation>风格名称</translation>
    </message>
    <message>
      <source>No style</source>
      <translation>无风格</translation>
    </message>
    <message>
      <source>Style</source>
      <translation>风格</translation>
    </message>
    <message>
      <source>Words around the prompt</source>
      <translation>围绕提示的文字</translation>
    </message>
  </context>
  <context>
    <name>StylePage</name>
    <message>
      <source>Atelier repaints the photo in the painting's manner, on this machine.</source>
      <translation>Atelier 在这台电脑上，用画作的笔触重绘照片。</translation>
    </message>
    <message>
      <source>Drop a photo here, then a painting.</source>
      <translation>先拖入照片，再拖入画作。</translation>
    </message>
  </context>
  <context>
    <name>StyleView</name>
    <message>
      <source>Choose a folder of photos…</source>
      <translation>选择照片文件夹…</translation>
    </message>
    <message>
      <source>Choose a painting…</source>
      <translation>选择画作…</translation>
    </message>
    <message>
      <source>Choose photos…</source>
      <translation>选择照片…</translation>
    </message>
    <message>
      <source>Drop a painting, or click to choose</source>
      <translation>拖入画作，或点击选择</translation>
    </message>
    <message>
      <source>Drop a photo, or click to choose</source>
      <translation>拖入照片，或点击选择</translation>
    </message>
    <message>
      <source>First, a photo</source>
      <translation>先放一张照片</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新种子</translation>
    </message>
    <message>
      <source>Now a painting to follow</source>
      <translation>再放一幅要依照的画作</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>再加一幅</translation>
    </message>
    <message>
      <source>Paint a mask</source>
      <translation>涂蒙版</translation>
    </message>
    <message>
      <source>Paintings</source>
      <translation>画作</translation>
    </message>
    <message>
      <source>Photo</source>
      <translation>照片</translation>
    </message>
    <message>
      <source>Reset the settings</source>
      <translation>重置设置</translation>
    </message>
    <message>
      <source>Swap photo and painting</source>
      <translation>照片与画作互换</translation>
    </message>
  </context>
  <context>
    <name>Taking</name>
    <message>
      <source>A folder of photos</source>
      <translation>照片文件夹</translation>
    </message>
    <message>
      <source>A folder of pictures</source>
      <translation>图片文件夹</translation>
    </message>
    <message>
      <source>Kept as {name}.</source>
      <translation>已留存为 {name}。</translation>
    </message>
    <message>
      <source>Open a score</source>
      <translation>打开乐谱</translation>
    </message>
    <message>
      <source>Open a text</source>
      <translation>打开文本</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Paintings to follow</source>
      <translation>要依照的画作</translation>
    </message>
    <message>
      <source>Photos to restyle</source>
      <translation>要重绘的照片</translation>
    </message>
    <message>
      <source>Pictures to enlarge</source>
      <translation>要放大的图片</translation>
    </message>
    <message>
      <source>Pictures to start from</source>
      <translation>起始图片</translation>
    </message>
    <message>
      <source>Scores</source>
      <translation>乐谱</translation>
    </message>
    <message>
      <source>Texts</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>The lighthouse had been dark for eleven years when the lamp came on again. Nobody in the village slept that night.</source>
      <translation>灯塔暗了十一年，那盏灯忽然又亮了。那一夜，村里没有一个人睡着。</translation>
    </message>
    <message>
      <source>The page is blank.</source>
      <translation>页面是空白的。</translation>
    </message>
    <message>
      <source>The samples are not installed.</source>
      <translation>没有安装示例。</translation>
    </message>
    <message>
      <source>There is room for four paintings; {pictures} did not fit.</source>
      <translation>最多放四幅画作，{pictures}放不下。</translation>
    </message>
    <message>
      <source>{name} is no music: MIDI, MusicXML and ABC go onto the roll.</source>
      <translation>{name} 不是音乐：MIDI、MusicXML 和 ABC 可以放到卷帘上。</translation>
    </message>
    <message>
      <source>{name} is on the roll. Ctrl+Z there brings back what was before.</source>
      <translation>{name} 已在卷帘上。在那里按 Ctrl+Z 可恢复之前的。</translation>
    </message>
    <message>
      <source>{name} stands at the cursor now. Undo takes it out again.</source>
      <translation>{name} 已放到光标处。撤销即可拿掉。</translation>
    </message>
  </context>
  <context>
    <name>TaskField</name>
    <message>
      <source>Do it</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>English, Chinese, or another language</source>
      <translation>英文、中文或其他语言</translation>
    </message>
    <message>
      <source>In what manner</source>
      <translation>以什么方式</translation>
    </message>
    <message>
      <source>Its form: a sonnet, four lines…</source>
      <translation>体裁：十四行诗、四句…</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>What to do with the selection, or with the page</source>
      <translation>对选中部分或整页做什么</translation>
    </message>
    <message>
      <source>Who speaks: Ada and the captain</source>
      <translation>谁在说话：阿达和船长</translation>
    </message>
    <message>
      <source>shorter, longer, or a tone: warmer, plainer…</source>
      <translation>更短、更长，或某种语气：更温暖、更朴素…</translation>
    </message>
  </context>
  <context>
    <name>TextFields</name>
    <message>
      <source>As in the text</source>
      <translation>与正文相同</translation>
    </message>
    <message>
      <source>As it looks</source>
      <translation>照原样</translation>
    </message>
    <message>
      <source>Author</source>
      <translation>作者</translation>
    </message>
    <message>
      <source>Curly quotes, long dashes</source>
      <translation>弯引号、长破折号</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>纸张</translation>
    </message>
    <message>
      <source>Say who wrote how much: you or the model</source>
      <translation>注明你和模型各写了多少</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>标题</translation>
    </message>
  </context>
  <context>
    <name>TitleField</name>
    <message>
      <source>Click to rename the project</source>
      <translation>点击以重命名项目</translation>
    </message>
    <message>
      <source>Project name</source>
      <translation>项目名称</translation>
    </message>
  </context>
  <context>
    <name>Tools</name>
    <message>
      <source>Bring notes to the grid (Q)</source>
      <translation>把音符对齐到网格 (Q)</translation>
    </message>
    <message>
      <source>Choose and move notes (V)</source>
      <translation>选择和移动音符 (V)</translation>
    </message>
    <message>
      <source>Draw notes (B)</source>
      <translation>画音符 (B)</translation>
    </message>
    <message>
      <source>Erase notes (E)</source>
      <translation>擦除音符 (E)</translation>
    </message>
    <message>
      <source>Grid</source>
      <translation>网格</translation>
    </message>
    <message>
      <source>Lock the chosen notes: they stay as they are when others are made anew (K)</source>
      <translation>锁定所选音符：重做其他音符时它们保持不变 (K)</translation>
    </message>
    <message>
      <source>Quantise by {share} %</source>
      <translation>量化 {share} %</translation>
    </message>
    <message>
      <source>What notes snap to</source>
      <translation>音符吸附到什么</translation>
    </message>
    <message>
      <source>no grid</source>
      <translation>无网格</translation>
    </message>
  </context>
  <context>
    <name>TrackRow</name>
    <message>
      <source>Lock</source>
      <translation>锁定</translation>
    </message>
    <message>
      <source>Lock the track: its notes stay whatever is made anew</source>
      <translation>锁定这条音轨：无论重做什么，它的音符都不变</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>Solo</source>
      <translation>独奏</translation>
    </message>
    <message>
      <source>Track {number}: {name}</source>
      <translation>音轨 {number}：{name}</translation>
    </message>
    <message>
      <source>{what}, track {number}</source>
      <translation>{what}，音轨 {number}</translation>
    </message>
  </context>
  <context>
    <name>Tracks</name>
    <message>
      <source>Add a track</source>
      <translation>添加音轨</translation>
    </message>
    <message>
      <source>Remove the track that is worked on</source>
      <translation>移除正在编辑的音轨</translation>
    </message>
    <message>
      <source>Remove this track</source>
      <translation>移除这条音轨</translation>
    </message>
    <message>
      <source>There are {count} tracks; there is no room for more.</source>
      <translation>已有 {count} 条音轨；放不下更多了。</translation>
    </message>
    <message>
      <source>Tracks</source>
      <translation>音轨</translation>
    </message>
    <message>
      <source>{name} is gone. Ctrl+Z on the roll brings it back.</source>
      <translation>{name} 已移除。在卷帘上按 Ctrl+Z 可恢复。</translation>
    </message>
  </context>
  <context>
    <name>Transport</name>
    <message>
      <source>Bar {bar}, beat {beat}</source>
      <translation>第 {bar} 小节，第 {beat} 拍</translation>
    </message>
    <message>
      <source>How loud it plays; exports are not changed by it</source>
      <translation>播放的音量；不影响导出</translation>
    </message>
    <message>
      <source>Loop</source>
      <translation>循环</translation>
    </message>
    <message>
      <source>Loop the chosen bars; drag over the ruler to choose them (L)</source>
      <translation>循环所选小节；在标尺上拖动来选择 (L)</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>播放</translation>
    </message>
    <message>
      <source>Play (Space)</source>
      <translation>播放 (空格)</translation>
    </message>
    <message>
      <source>Stop playing</source>
      <translation>停止播放</translation>
    </message>
    <message>
      <source>Stop, and go back to where it began</source>
      <translation>停止，并回到开始处</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>音量</translation>
    </message>
  </context>
  <context>
    <name>UpscaleView</name>
    <message>
      <source>Atelier enlarges and cleans it on this machine. Its colours and camera data stay.</source>
      <translation>Atelier 在本机放大并清理图片，色彩和相机数据都保留。</translation>
    </message>
    <message>
      <source>Choose a folder of pictures…</source>
      <translation>选择图片文件夹…</translation>
    </message>
    <message>
      <source>Choose pictures…</source>
      <translation>选择图片…</translation>
    </message>
    <message>
      <source>Drop a picture here.</source>
      <translation>把图片拖到这里。</translation>
    </message>
    <message>
      <source>Drop a picture, or click to choose</source>
      <translation>拖入图片，或点击选择</translation>
    </message>
    <message>
      <source>Fill in a photograph that came with Atelier</source>
      <translation>填入一张自带的照片</translation>
    </message>
    <message>
      <source>First, a picture</source>
      <translation>首先，放入图片</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新种子</translation>
    </message>
    <message>
      <source>Now a size</source>
      <translation>现在定尺寸</translation>
    </message>
    <message>
      <source>Reset the settings</source>
      <translation>重置设置</translation>
    </message>
  </context>
  <context>
    <name>Variants</name>
    <message>
      <source>Attempts</source>
      <translation>尝试</translation>
    </message>
  </context>
  <context>
    <name>VaryButtons</name>
    <message>
      <source>Far from it</source>
      <translation>离它远</translation>
    </message>
    <message>
      <source>Four more of the picture shown</source>
      <translation>再来四张类似的</translation>
    </message>
    <message>
      <source>Four pictures that differ a little from the one shown</source>
      <translation>与所示图片略有不同的四张</translation>
    </message>
    <message>
      <source>Four pictures that share only something with the one shown</source>
      <translation>与所示图片只有几分相似的四张</translation>
    </message>
    <message>
      <source>Near it</source>
      <translation>离它近</translation>
    </message>
    <message>
      <source>Vary far</source>
      <translation>远变体</translation>
    </message>
    <message>
      <source>Vary near</source>
      <translation>近变体</translation>
    </message>
  </context>
  <context>
    <name>WeightedWells</name>
    <message>
      <source>Share of {name}</source>
      <translation>{name} 的比重</translation>
    </message>
  </context>
  <context>
    <name>Well</name>
    <message>
      <source>Take out</source>
      <translation>取出</translation>
    </message>
    <message>
      <source>Take this picture out</source>
      <translation>取出这张图片</translation>
    </message>
    <message>
      <source>{name} and more</source>
      <translation>{name} 等</translation>
    </message>
  </context>
  <context>
    <name>Words</name>
    <message>
      <source>1 picture</source>
      <translation>1 张图片</translation>
    </message>
    <message>
      <source>1 score</source>
      <translation>1 份乐谱</translation>
    </message>
    <message>
      <source>1 text</source>
      <translation>1 篇文本</translation>
    </message>
    <message>
      <source>about {count} h</source>
      <translation>约 {count} 小时</translation>
    </message>
    <message>
      <source>about {count} min</source>
      <translation>约 {count} 分钟</translation>
    </message>
    <message>
      <source>about {count} s</source>
      <translation>约 {count} 秒</translation>
    </message>
    <message>
      <source>under 1 KB</source>
      <translation>不到 1 KB</translation>
    </message>
    <message>
      <source>under 1 s</source>
      <translation>不到 1 秒</translation>
    </message>
    <message>
      <source>{count} files</source>
      <translation>{count} 个文件</translation>
    </message>
    <message>
      <source>{count} pictures</source>
      <translation>{count} 张图片</translation>
    </message>
    <message>
      <source>{count} scores</source>
      <translation>{count} 份乐谱</translation>
    </message>
    <message>
      <source>{count} texts</source>
      <translation>{count} 篇文本</translation>
    </message>
    <message>
      <source>{time} left</source>
      <translation>剩余{time}</translation>
    </message>
  </context>
  <context>
    <name>Workroom</name>
    <message>
      <source>A creative studio that works offline, on this machine, and keeps every recipe.</source>
      <translation>离线的创作工作室，在这台电脑上工作，并保存每一份配方。</translation>
    </message>
    <message>
      <source>Atelier {version}</source>
      <translation>Atelier {version}</translation>
    </message>
    <message>
      <source>Bring in pictures or texts</source>
      <translation>导入图片或文本</translation>
    </message>
    <message>
      <source>Licences</source>
      <translation>许可证</translation>
    </message>
    <message>
      <source>Pictures and texts ({names})</source>
      <translation>图片和文本 ({names})</translation>
    </message>
    <message>
      <source>The new language is used when Atelier starts next.</source>
      <translation>新语言将在下次启动 Atelier 时生效。</translation>
    </message>
  </context>
  <context>
    <name>WriteColumn</name>
    <message>
      <source>With the selection, or the page</source>
      <translation>针对选中部分或整页</translation>
    </message>
  </context>
  <context>
    <name>WritePage</name>
    <message>
      <source>A blank page. Begin anywhere.</source>
      <translation>一页空白。从哪儿开始都行。</translation>
    </message>
    <message>
      <source>Fill in the opening of a story</source>
      <translation>填入一个故事开头</translation>
    </message>
    <message>
      <source>Open a text…</source>
      <translation>打开文本…</translation>
    </message>
    <message>
      <source>Write a sentence or two, and let the model go on. Everything stays on this machine, and every attempt is kept.</source>
      <translation>写一两句，让模型接着写。一切都留在这台机器上，每次尝试都会保留。</translation>
    </message>
  </context>
  <context>
    <name>WriteView</name>
    <message>
      <source>All attempts</source>
      <translation>全部尝试</translation>
    </message>
    <message>
      <source>Another attempt</source>
      <translation>再试一次</translation>
    </message>
    <message>
      <source>Chat about the page</source>
      <translation>谈谈这一页</translation>
    </message>
    <message>
      <source>Export the page…</source>
      <translation>导出页面…</translation>
    </message>
    <message>
      <source>Find…</source>
      <translation>查找…</translation>
    </message>
    <message>
      <source>First, a sentence</source>
      <translation>先写一句</translation>
    </message>
    <message>
      <source>Focus on one paragraph</source>
      <translation>专注于一段</translation>
    </message>
    <message>
      <source>Keep a version</source>
      <translation>留存版本</translation>
    </message>
    <message>
      <source>Longer</source>
      <translation>更长</translation>
    </message>
    <message>
      <source>Make a dialogue of it</source>
      <translation>改成对白</translation>
    </message>
    <message>
      <source>Make a poem of it</source>
      <translation>改成诗</translation>
    </message>
    <message>
      <source>New seed</source>
      <translation>新种子</translation>
    </message>
    <message>
      <source>New story card</source>
      <translation>新故事卡片</translation>
    </message>
    <message>
      <source>Open a text…</source>
      <translation>打开文本…</translation>
    </message>
    <message>
      <source>Outline</source>
      <translation>大纲</translation>
    </message>
    <message>
      <source>Replace…</source>
      <translation>替换…</translation>
    </message>
    <message>
      <source>Reset the settings</source>
      <translation>重置设置</translation>
    </message>
    <message>
      <source>Shorter</source>
      <translation>更短</translation>
    </message>
    <message>
      <source>Summarise</source>
      <translation>摘要</translation>
    </message>
    <message>
      <source>The attempt before</source>
      <translation>上一次尝试</translation>
    </message>
    <message>
      <source>The model did not write this word.</source>
      <translation>这个词不是模型写的。</translation>
    </message>
    <message>
      <source>The model is writing. Esc stops it.</source>
      <translation>模型正在写。按 Esc 停止。</translation>
    </message>
    <message>
      <source>The next attempt</source>
      <translation>下一次尝试</translation>
    </message>
    <message>
      <source>Titles</source>
      <translation>标题</translation>
    </message>
    <message>
      <source>Translate into Chinese</source>
      <translation>译成中文</translation>
    </message>
    <message>
      <source>Translate into English</source>
      <translation>译成英文</translation>
    </message>
    <message>
      <source>What the model considered here</source>
      <translation>模型在这里考虑过什么</translation>
    </message>
    <message>
      <source>Who wrote what</source>
      <translation>谁写了什么</translation>
    </message>
    <message>
      <source>With the model</source>
      <translation>用模型</translation>
    </message>
  </context>
  <context>
    <name>_ReelView</name>
    <message>
      <source>Reel</source>
      <translation>作品栏</translation>
    </message>
  </context>
  <context>
    <name>_SaidLine</name>
    <message>
      <source>What is read of the prompt</source>
      <translation>提示里读到的内容</translation>
    </message>
  </context>
</TS>
