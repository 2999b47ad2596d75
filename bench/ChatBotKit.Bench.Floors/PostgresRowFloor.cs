using Npgsql;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The floor of messages on PostgreSQL: each request inserts one row with a prepared statement on a pooled connection, and the insert is
/// its own transaction. No credential is checked, and no conversation is looked up.
/// </summary>
internal sealed class PostgresRowFloor(string connectionString) : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS "Rows" (
            "Id" text COLLATE "C" NOT NULL PRIMARY KEY, "Parent" text COLLATE "C" NOT NULL, "Position" bigint NOT NULL,
            "Type" text NOT NULL, "Text" text NOT NULL, "CreatedAt" bigint NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS "RowsOfParent" ON "Rows" ("Parent", "Position");
        """;

    private const string Insert = """INSERT INTO "Rows" VALUES ($1, $2, $3, $4, $5, $6)""";

    private readonly NpgsqlDataSource _source =
        new NpgsqlSlimDataSourceBuilder($"{connectionString};Max Auto Prepare=10;Auto Prepare Min Usages=1;No Reset On Close=true").Build();

    private long _position;

    public void Map(IEndpointRouteBuilder app)
    {
        using (var command = _source.CreateCommand(Schema))
            command.ExecuteNonQuery();
        app.MapPost("/api/v1/conversation/{id}/message/create", CreateMessageAsync);
    }

    public void Dispose() => _source.Dispose();

    private async Task CreateMessageAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorMessage, context.RequestAborted);
        var id = Guid.NewGuid().ToString("N");
        await using (var command = _source.CreateCommand(Insert))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = (string)context.GetRouteValue("id")! });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Interlocked.Increment(ref _position) });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request!.Type });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Text });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });
            await command.ExecuteNonQueryAsync();
        }

        await context.Response.WriteAsJsonAsync(new FloorAnswer(id), FloorJson.Default.FloorAnswer);
    }
}
