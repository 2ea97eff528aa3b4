-- Version 1 found lineage by reading every recipe's JSON; version 2 keeps the inputs in an indexed table.
CREATE TABLE recipe_input (
    asset    TEXT    NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sha256   TEXT    NOT NULL,
    source   TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (asset, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_input_sha256 ON recipe_input (sha256);
INSERT INTO recipe_input (asset, position, sha256, source)
SELECT recipe.asset, input.key, input.value ->> 'sha256', coalesce(input.value ->> 'asset', '')
FROM recipe, json_each(recipe.data, '$.request.inputs') AS input;
