using System.Net;
using ChatBotKit.Server.Data.Rows;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The sign-in of MCP clients at the MCP server of an integration.</summary>
public sealed class McpSignInTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private FeatureServer _server = null!;
    private string _url = "";
    private string _token = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync(_time);
        var skillset = await _server.Owner.CreateSkillsetAsync();
        await _server.Owner.CreateAbilityAsync(skillset, "```echo\nHello\n```", "hello");
        (_url, _token) = await McpServerTests.CreateAsync(_server, skillset);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task OfficialClient_SignsInByItself()
    {
        using var owner = new SignedInProgram(_url);
        var transport = new HttpClientTransportOptions
        {
            Endpoint = new Uri(_url),
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = new ClientOAuthOptions
            {
                RedirectUri = new Uri(SignedInProgram.Redirect),
                DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "Test" },
                AuthorizationCallbackHandler = async (context, _) =>
                {
                    using var answer = await owner.PostAsync(context.AuthorizationUri.AbsoluteUri, ("token", _token));
                    var back = SignedInProgram.Back(answer);
                    return new AuthorizationResult { Code = back["code"], State = back["state"], Iss = back["iss"] };
                },
            },
        };
        await using var client = await McpClient.CreateAsync(new HttpClientTransport(transport), cancellationToken: Token);

        Assert.Equal("hello", Assert.Single(await client.ListToolsAsync(cancellationToken: Token)).Name);
    }

    [Fact]
    public async Task Page_ShowsWhoAsks_AndHasNoScripts()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();

        using var answer = await program.Http.SendAsync(HttpMethod.Get, program.Page());
        var page = await answer.ReadTextAsync();

        Assert.Contains("&lt;b&gt;Pad&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<strong>127.0.0.1:1</strong>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; form-action 'self' http://127.0.0.1:1; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Owner_WhoDeniesOrIsNotTheOwner_GivesNoCode()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();

        using var denied = await program.PostAsync(program.Page(), ("deny", "true"));
        var back = SignedInProgram.Back(denied);
        using var wrong = await program.PostAsync(program.Page(), ("token", ServerFactory.OwnerSecret));

        Assert.Equal(("access_denied", "s&1", program.Issuer), (back["error"], back["state"], back["iss"]));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "", "invalid_request")]
    [InlineData("resource", "https://other.example/mcp", "invalid_target")]
    public async Task Request_WithAFault_LeadsNowhere(string name, string value, string error)
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();

        using var answer = await program.Http.SendAsync(HttpMethod.Get, program.Page((name, value)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"({error})", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redirect_uri", "http://127.0.0.1:1/callback/")]
    [InlineData("redirect_uri", "http://127.0.0.1:2/callback")]
    [InlineData("client_id", "x")]
    public async Task Request_OfAnUnknownClient_StaysHere(string name, string value)
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();

        using var asked = await program.Http.SendAsync(HttpMethod.Get, program.Page((name, value)));
        using var answered = await program.PostAsync(program.Page((name, value)), ("token", _token));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (asked.StatusCode, answered.StatusCode));
    }

    [Theory]
    [InlineData("http://example.org/callback")]
    [InlineData("https://example.org/#x")]
    [InlineData("https://user@example.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/callback")]
    [InlineData("")]
    public async Task Client_WithARedirectThatIsNotItsOwn_IsNotRegistered(string redirect)
    {
        using var program = new SignedInProgram(_url);

        using var answer = await program.Http.SendAsync(
            HttpMethod.Post, $"{program.Issuer}/oauth/register", System.Text.Json.JsonSerializer.Serialize(new { redirect_uris = new[] { redirect } }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid_redirect_uri", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_IsOfOneProgramAndOneAddress()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();
        using var other = await new SignedInProgram(_url).RegisterAsync(SignedInProgram.Redirect, "app.example:/callback");

        Assert.Equal("invalid_grant", (await other.RedeemAsync((await program.AllowAsync(_token))["code"])).Text("error"));
        Assert.Equal("invalid_grant", (await program.RedeemAsync((await program.AllowAsync(_token))["code"], ("code_verifier", new string('a', 43)))).Text("error"));
        Assert.Equal("invalid_grant", (await program.RedeemAsync((await program.AllowAsync(_token))["code"], ("redirect_uri", "app.example:/callback"))).Text("error"));
        Assert.Equal("invalid_target", (await program.RedeemAsync((await program.AllowAsync(_token))["code"], ("resource", "https://other.example"))).Text("error"));
    }

    [Fact]
    public async Task Code_EndsAfterMinutes()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();
        var code = (await program.AllowAsync(_token))["code"];

        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal("invalid_grant", (await program.RedeemAsync(code)).Text("error"));
    }

    [Fact]
    public async Task Code_ThatIsUsedTwice_EndsTheSignIn()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();
        var code = (await program.AllowAsync(_token))["code"];
        var tokens = await program.RedeemAsync(code);
        Assert.True(await IsOpenAsync(tokens.Text("access_token")));

        Assert.Equal("invalid_grant", (await program.RedeemAsync(code)).Text("error"));

        Assert.False(await IsOpenAsync(tokens.Text("access_token")));
        Assert.Equal("invalid_grant", (await program.RefreshAsync(tokens.Text("refresh_token")!)).Text("error"));
    }

    [Fact]
    public async Task AccessToken_IsRefreshed_AndAnOldRefreshTokenEndsTheSignIn()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();
        var first = await program.SignInAsync(_token);
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.False(await IsOpenAsync(first.Text("access_token")));

        var second = await program.RefreshAsync(first.Text("refresh_token")!);
        Assert.True(await IsOpenAsync(second.Text("access_token")));

        Assert.Equal("invalid_grant", (await program.RefreshAsync(first.Text("refresh_token")!)).Text("error"));
        Assert.False(await IsOpenAsync(second.Text("access_token")));
    }

    [Fact]
    public async Task RevokedToken_OpensNothing()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();
        var tokens = await program.SignInAsync(_token);

        using var nothing = await program.PostAsync($"{program.Issuer}/oauth/revoke", ("token", "mcp_x.y"));
        using var answer = await program.PostAsync($"{program.Issuer}/oauth/revoke", ("token", tokens.Text("refresh_token")));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (nothing.StatusCode, answer.StatusCode));
        Assert.False(await IsOpenAsync(tokens.Text("access_token")));
    }

    [Fact]
    public async Task Token_IsOfOneServer_AndStoredAsAHash()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();
        var access = (await program.SignInAsync(_token)).Text("access_token")!;
        var (other, _) = await McpServerTests.CreateAsync(_server, skillset: null);

        Assert.True(await IsOpenAsync(access));
        Assert.False(await IsOpenAsync(access, other));
        using var api = await program.Http.SendAsync(HttpMethod.Get, $"{_server.Server.Address}api/v1/bot/list", token: access);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        var secret = access.Split('.')[1];
        Assert.Equal(0, await _server.Server.Store.QueryAsync(
            db => db.FirstAsync("""SELECT CAST(count(*) AS bigint) FROM "McpGrants" WHERE "AccessHash" LIKE $1""", static row => row.GetInt64(0), $"%{secret}%"), Token));
    }

    [Fact]
    public async Task Integration_KeepsALimitedNumberOfSignIns()
    {
        var grants = _server.Service<ChatBotKit.Server.Features.ToolServers.SignIn.McpGrants>();
        var id = _url.Split('/')[^2];

        for (var i = 0; i < 105; i++)
            await grants.AddAsync(id, "client", SignedInProgram.Redirect, "challenge", RecordOf(id), Token);

        Assert.Equal(100, await _server.Server.Store.QueryAsync(
            db => db.FirstAsync("""SELECT CAST(count(*) AS bigint) FROM "McpGrants" """, static row => row.GetInt64(0)), Token));
    }

    [Fact]
    public async Task Consent_IsInTheAudit()
    {
        using var program = await new SignedInProgram(_url).RegisterAsync();

        await program.AllowAsync(_token);

        var record = Assert.Single((await _server.GetAsync("session/audit/list?type=allowClient")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal((_url.Split('/')[^2], "visitor"), (record.Text("code"), record.GetProperty("actor").Text("kind")));
    }

    private static AuditRow RecordOf(string id) =>
        new() { Id = Guid.NewGuid().ToString("N"), AccountId = "a", Type = "allowClient", Code = id, ActorKind = "visitor", CreatedAt = 1 };

    private async Task<bool> IsOpenAsync(string? access, string? url = null)
    {
        using var anybody = _server.Server.Client(null);
        using var answer = await anybody.SendAsync(
            HttpMethod.Post, url ?? _url, """{"jsonrpc":"2.0","id":1,"method":"ping"}""", accept: "application/json, text/event-stream", token: access);
        return answer.StatusCode != HttpStatusCode.Unauthorized;
    }
}
