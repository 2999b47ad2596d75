namespace ChatBotKit.Server.Tests.Features;

/// <summary>Makes users over HTTP.</summary>
internal static class ServerUsers
{
    /// <summary>A new user of the caller, by default the server's owner, and an API token of it.</summary>
    public static async Task<(string Id, string Secret)> AddUserAsync(this ServerFactory server, HttpClient? partner = null, string body = "{}")
    {
        using var owner = server.Client();
        var user = ApiJson.Id(await (partner ?? owner).ReadAsync(HttpMethod.Post, "partner/user/create", body));
        var token = await (partner ?? owner).ReadAsync(HttpMethod.Post, $"partner/user/{user}/token/create", "{}");
        return (user, token.Text("token")!);
    }
}
