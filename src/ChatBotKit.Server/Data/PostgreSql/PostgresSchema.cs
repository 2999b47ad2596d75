using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Schema;
using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>
/// Migrates the database to the schema of this program. All missing scripts are applied in one transaction, which holds a lock from its
/// beginning, so that only one of several starting servers migrates and the others wait.
/// </summary>
internal sealed class PostgresSchema(PostgresSettings settings, TimeProvider time, ILogger logger)
{
    private const int OldestServer = 15;

    /// <summary>Locks the schema until the transaction ends. Fails when another program does not release it in 10 seconds.</summary>
    public const string LockOrFail = $"SET LOCAL lock_timeout = '10s'; SELECT pg_advisory_xact_lock({LockNumber})";

    // The number is arbitrary, but must be the same in every version of the program.
    private const string LockNumber = "4711020260118";

    private const string Lock = $"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock({LockNumber})";

    private const string SchemaTable = """
        CREATE TABLE IF NOT EXISTS "Schema" (
            "Number" bigint NOT NULL PRIMARY KEY, "Name" text COLLATE "C" NOT NULL, "Sha256" text COLLATE "C" NOT NULL,
            "AppliedAt" bigint NOT NULL, "ReadableFrom" bigint NOT NULL)
        """;

    private const string TableNames = """
        SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        ORDER BY c.relname COLLATE "C"
        """;

    /// <exception cref="StartupException">The database can't be used.</exception>
    public async Task PrepareAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await CheckServerAsync(connection);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.RunAsync(Lock);
            var missing = (await ReadAsync(connection)).FindMissing(SchemaScript.PostgreSql, settings.Name);
            if (missing.Count > 0)
                await MigrateAsync(connection, missing);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsUnavailable(exception))
        {
            throw Refusal(exception);
        }
    }

    /// <summary>Checks the schema without a migration, because a server may be running on the database.</summary>
    /// <exception cref="StartupException">The database has another schema, or can't be used.</exception>
    public async Task RequireCurrentAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            var applied = await ReadAsync(connection);
            applied.RefuseMoved(settings.Name);
            if (applied.Scripts is [.., var newest] && newest.Number == SchemaScript.PostgreSql[^1].Number)
                return;
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsUnavailable(exception))
        {
            throw Refusal(exception);
        }

        throw new StartupException(
            $"The PostgreSQL database '{settings.Name}' has another schema than this program. Use the program of the server that runs on it, or start the server once.");
    }

    /// <summary>Checks that the server and the database can be used.</summary>
    /// <exception cref="StartupException">The server or the database can't be used.</exception>
    public async Task CheckServerAsync(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new StartupException(
                $"The PostgreSQL server of '{settings.Name}' has version {connection.PostgreSqlVersion}; this program needs {OldestServer} or newer. Upgrade it.");
        }

        if (await connection.ScalarAsync("SELECT pg_is_in_recovery()") is true)
        {
            throw new StartupException(
                $"The PostgreSQL server of '{settings.Name}' is a standby that only reads. Set the primary in {settings.Source}, or set both hosts and add Target Session Attributes=read-write.");
        }

        if (await connection.ScalarAsync("SHOW server_encoding") is not "UTF8" and var encoding)
        {
            throw new StartupException(
                $"The PostgreSQL database '{settings.Name}' has the encoding {encoding}; this program needs UTF8. Create it with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.");
        }

        if (await connection.ScalarAsync("SELECT current_schema()") is not string schema)
        {
            throw new StartupException(
                $"The PostgreSQL database '{settings.Name}' has no schema for this user. Create one in its search path: CREATE SCHEMA … AUTHORIZATION the user.");
        }

        if (await connection.ScalarAsync("SELECT has_schema_privilege(current_schema(), 'CREATE')") is not true)
        {
            throw new StartupException(
                $"The user of {settings.Source} may not create tables in the schema '{schema}' of '{settings.Name}'. Grant it: GRANT CREATE, USAGE ON SCHEMA {schema} TO the user, or make it the owner of the database.");
        }
    }

    /// <summary>Reads the applied scripts; none when the database has no tables.</summary>
    /// <exception cref="StartupException">The database belongs to another program.</exception>
    public async Task<AppliedScripts> ReadAsync(NpgsqlConnection connection)
    {
        var tables = await connection.ListAsync(TableNames, reader => reader.GetString(0));
        if (!tables.Contains("Schema"))
        {
            return tables.Count == 0
                ? new AppliedScripts([])
                : throw Foreign($"It contains {string.Join(", ", tables.Take(3))}{(tables.Count > 3 ? " and more" : "")}");
        }

        try
        {
            return new AppliedScripts(await connection.ListAsync(
                """SELECT "Number", "Name", "Sha256", "ReadableFrom" FROM "Schema" ORDER BY "Number" """,
                reader => new SchemaScript(
                    (int)reader.GetInt64(0), reader.GetString(1), "", reader.GetString(2), (int)reader.GetInt64(3))));
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedColumn)
        {
            throw Foreign("Its table Schema has other columns");
        }
    }

    private StartupException Foreign(string what) => new(
        $"The PostgreSQL database '{settings.Name}' belongs to another program. {what}. Set {settings.Source} to an empty database, or add Search Path=… with an empty schema.");

    /// <summary>Applies the scripts in the transaction of the connection.</summary>
    /// <exception cref="StartupException">A script failed.</exception>
    public async Task MigrateAsync(NpgsqlConnection connection, IReadOnlyList<SchemaScript> scripts)
    {
        try
        {
            foreach (var script in scripts)
                await connection.RunAsync(script.Sql);
            await connection.RunAsync(SchemaTable);
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var script in scripts)
            {
                await connection.RunAsync(
                    """INSERT INTO "Schema" ("Number", "Name", "Sha256", "AppliedAt", "ReadableFrom") VALUES ($1, $2, $3, $4, $5)""",
                    script.Number, script.Name, script.Sha256, now, script.ReadableFrom);
            }
        }
        catch (PostgresException exception)
        {
            throw new StartupException(
                $"The PostgreSQL database '{settings.Name}' could not be migrated and was not changed: {PostgresErrors.Reason(exception)}", exception);
        }

        logger.LogInformation("Migrated {Database} to {Script}.", settings.Name, scripts[^1].Name);
    }

    /// <summary>Returns the exception for a failure of the database, with advice.</summary>
    public StartupException Refusal(Exception exception)
    {
        var advice = (exception as PostgresException)?.SqlState switch
        {
            "28P01" or "28000" => $" Check user and password in {settings.Source}, and pg_hba.conf on the server.",
            "3D000" => " Create it: CREATE DATABASE ….",
            "42501" => " Grant the user this permission, or make it the owner of the database.",
            "53300" => " Increase max_connections, or let other programs use fewer connections.",
            null => $" Check that the server is running, and that Host and Port in {settings.Source} are right.",
            _ => "",
        };
        return new StartupException($"The PostgreSQL database '{settings.Name}' can't be used: {PostgresErrors.Reason(exception)}{advice}", exception);
    }
}
