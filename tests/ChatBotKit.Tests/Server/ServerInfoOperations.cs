namespace ChatBotKit.Tests;

/// <summary>The description of a server, which only the server of this project has.</summary>
internal static class ServerInfoOperations
{
    public static IReadOnlyList<OperationCase> All { get; } =
    [
        new(
            "ServerClient.InfoAsync",
            async (api, token) => await api.Server.InfoAsync(token) is var info
                ? $"{info.Version} {info.Models[0]} {info.Features["email"]} {info.Settings[0].Name} {info.Settings[0].Value ?? "none"}" : "",
            "GET /api/v1/server/info",
            """
            {"version":"0.1.0","startedAt":1,"database":"sqlite","dataDirectory":"/data","dataBytes":5,"models":["extractive"],"defaultModel":"extractive",
            "features":{"email":true},"settings":[{"name":"OPENAI_API_KEY","isSet":true,"value":null,"meaning":"the key","default":"none"}]}
            """,
            "0.1.0 extractive True OPENAI_API_KEY none"),
    ];
}
