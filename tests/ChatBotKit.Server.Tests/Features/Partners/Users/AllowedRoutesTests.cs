namespace ChatBotKit.Server.Tests.Features;

/// <summary>What tokens and sessions of users are restricted to.</summary>
public sealed class AllowedRoutesTests : IAsyncLifetime
{
    private FeatureServer _server = null!;
    private string _user = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _user = ApiJson.Id(await _server.PostAsync("partner/user/create", "{}"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"contactId":"c1"}""", "\"config.contactId\" is not allowed")]
    [InlineData("""{"namespace":"n"}""", "\"config.namespace\" is not allowed")]
    [InlineData("""{"allowedRoutes":"bot/list"}""", "\"config.allowedRoutes\" must be an array")]
    [InlineData("""{"allowedRoutes":[5]}""", "\"config.allowedRoutes")]
    [InlineData("""{"allowedRoutes":["bot/[a-z]"]}""", "\"config.allowedRoutes\" must hold routes")]
    [InlineData("""{"allowedRoutes":["{bot,space}/list"]}""", "\"config.allowedRoutes\" must hold routes")]
    [InlineData("""{"allowedRoutes":["!bot/**"]}""", "\"config.allowedRoutes\" only excludes")]
    public async Task Restriction_ThatIsNotEnforced_IsRefused(string config, string expected)
    {
        var id = ApiJson.Id(await _server.PostAsync($"partner/user/{_user}/token/create", "{}"));

        foreach (var path in new[] { "token/create", $"token/{id}/update" })
        {
            var message = await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"partner/user/{_user}/{path}", $$"""{"config":{{config}}}""");
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }

        await _server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"partner/user/{_user}/session/create", $$"""{"config":{{config}}}""");
    }

    [Theory]
    [InlineData("""["bot/*/fetch"]""", "bot/{bot}/fetch", true)]
    [InlineData("""["bot/*/fetch"]""", "BOT/{bot}/fetch/", true)]
    [InlineData("""["bot/*/fetch"]""", "bot/list", false)]
    [InlineData("""["bot/*"]""", "bot/{bot}/fetch", false)]
    [InlineData("""["bot/**"]""", "bot/{bot}/fetch", true)]
    [InlineData("""["**/fetch"]""", "bot/{bot}/fetch", true)]
    [InlineData("""["bot/{bot}/fetch"]""", "bot/{bot}/fetch", true)]
    [InlineData("""["bot/other/fetch"]""", "bot/{bot}/fetch", false)]
    [InlineData("""["b?t/list"]""", "bot/list", true)]
    [InlineData("""["**","!bot/**"]""", "bot/list", false)]
    [InlineData("""["**","!bot/**"]""", "BOT/LIST/", false)]
    [InlineData("""["**","!bot/**"]""", "space/list", true)]
    [InlineData("""["bot.list"]""", "bot/list", false)]
    [InlineData("""["ot/list"]""", "bot/list", false)]
    [InlineData("[]", "bot/list", false)]
    public async Task AllowedRoutes_OpenWhatTheySay(string routes, string path, bool isOpen)
    {
        using var whole = _server.Server.Client((await _server.PostAsync($"partner/user/{_user}/token/create", "{}")).Text("token"));
        var bot = ApiJson.Id(await whole.ReadAsync(HttpMethod.Post, "bot/create", "{}"));
        var body = $$$"""{"config":{"allowedRoutes":{{{routes.Replace("{bot}", bot, StringComparison.Ordinal)}}}} }""";

        foreach (var what in new[] { "token", "session" })
        {
            var made = await _server.PostAsync($"partner/user/{_user}/{what}/create", body);
            using var client = _server.Server.Client(made.Text("token"));
            foreach (var prefix in new[] { "/api/v1/", "/v1/" })
            {
                var code = await client.CodeAsync(HttpMethod.Get, prefix + path.Replace("{bot}", bot, StringComparison.Ordinal));
                Assert.Equal(isOpen ? "200" : "401 NOT_AUTHENTICATED", code);
            }
        }
    }
}
