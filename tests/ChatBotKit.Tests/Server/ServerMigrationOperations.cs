namespace ChatBotKit.Tests;

/// <summary>The migration of a server to PostgreSQL, which only the server of this project has.</summary>
internal static class ServerMigrationOperations
{
    private const string Item =
        """{"state":"copying","database":"bots on db.example","rows":7,"bytes":700,"waitingRows":2,"seconds":1.5}""";

    public static IReadOnlyList<OperationCase> All { get; } =
    [
        new(
            "ServerMigrationClient.CreateAsync",
            async (api, token) => (await api.Server.Migration.CreateAsync(
                new ServerMigrationCreateRequest { To = "Host=db.example;Database=bots", AcceptMissingFiles = true }, token)).State.Value,
            "POST /api/v1/server/migration/create\n" + """{"to":"Host=db.example;Database=bots","acceptMissingFiles":true}""",
            Item,
            "copying"),
        new(
            "ServerMigrationClient.FetchAsync",
            async (api, token) => (await api.Server.Migration.FetchAsync(token)).WaitingRows.ToString(),
            "GET /api/v1/server/migration/fetch",
            Item,
            "2"),
        new(
            "ServerMigrationClient.CancelAsync",
            async (api, token) => (await api.Server.Migration.CancelAsync(token)).Database!,
            "POST /api/v1/server/migration/cancel\n{}",
            Item,
            "bots on db.example"),
    ];
}
