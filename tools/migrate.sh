#!/usr/bin/env bash
# Adds a migration for what changed in the entities, then makes the compiled model and the list of migrations anew.
# Usage: tools/migrate.sh AddSomething        (without a name: only the compiled model and the list)
set -euo pipefail
cd "$(dirname "$0")/.."

project=src/ChatBotKit.Server
migrations=$project/Data/Migrations/Sqlite
compiled=$project/Data/CompiledModel

dotnet tool restore
# A compiled model that no longer fits the entities must not stop the build that makes the new one.
rm -rf "$compiled"
if [[ $# -gt 0 ]]; then
    dotnet ef migrations add "$1" --project $project --output-dir Data/Migrations/Sqlite
fi

{
    echo 'namespace ChatBotKit.Server.Data.Migrations.Sqlite;'
    echo
    echo '/// <summary>'
    echo '/// Every migration, oldest first; written by <c>tools/migrate.sh</c>. The start compares it with the database,'
    echo '/// so that a database that is up to date is opened without loading EF Core.'
    echo '/// </summary>'
    echo 'internal static class SqliteMigrationIds'
    echo '{'
    echo '    public static readonly string[] All ='
    echo '    ['
    find $migrations -name '[0-9]*_*.cs' ! -name '*.Designer.cs' -printf '%f\n' | sort | sed 's/\(.*\)\.cs/        "\1",/'
    echo '    ];'
    echo '}'
} > $migrations/SqliteMigrationIds.cs

dotnet ef dbcontext optimize --project $project --output-dir Data/CompiledModel \
    --namespace ChatBotKit.Server.Data.CompiledModel
