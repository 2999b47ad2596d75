using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Features.Secrets;

/// <summary>Providers that answer garbage, fail, redirect or do not answer.</summary>
public sealed class OAuthFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("garbage", "no JSON object")]
    [InlineData("array", "no JSON object")]
    [InlineData("twice", "no JSON object")]
    [InlineData("empty", "no access token")]
    [InlineData("error", "The provider refused: invalid_grantscript")]
    [InlineData("failure", "status 500")]
    [InlineData("redirect", "redirected the request")]
    [InlineData("large", "too large")]
    [InlineData("header", "characters that no header can have")]
    [InlineData("cut", "can't be reached")]
    public async Task Provider_ThatAnswersWrongly_IsAClearReason(string path, string reason)
    {
        await using var server = await SecretServer.StartAsync();
        await using var provider = await LocalWebServer.StartAsync(Map);
        var secret = await CreateAsync(server, $"{provider.Url}/{path}");

        Assert.Contains(reason, await server.ReasonAsync(secret), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_ThatDoesNotAnswer_IsGivenUp()
    {
        var (arrived, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await SecretServer.StartAsync();
        await using var provider = await LocalWebServer.StartAsync(app => app.MapPost("/token", async () =>
        {
            arrived.SetResult();
            await end.Task;
        }));
        var secret = await CreateAsync(server, $"{provider.Url}/token");
        var finding = server.ReasonAsync(secret);
        await arrived.Task.WaitAsync(Token);

        server.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Contains("did not answer within 15 seconds", await finding, StringComparison.Ordinal);
        end.SetResult();
    }

    [Fact]
    public async Task Provider_OnAPrivateAddress_IsNotAsked()
    {
        var isAsked = false;
        await using var server = await SecretServer.StartAsync(allowsPrivate: false);
        await using var provider = await LocalWebServer.StartAsync(app => app.MapPost("/token", () => isAsked = true));
        var secret = await CreateAsync(server, $"{provider.Url}/token");

        Assert.Contains("not on the public internet", await server.ReasonAsync(secret), StringComparison.Ordinal);
        Assert.False(isAsked);
    }

    /// <summary>The wait is cancelled, but the provider has already given a new refresh token, which must not be lost.</summary>
    [Fact]
    public async Task CallerThatLeaves_DoesNotLoseTheTokens()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await SecretServer.StartAsync();
        await using var provider = await LocalWebServer.StartAsync(app => app.MapPost("/token", async () =>
        {
            arrived.TrySetResult();
            await go.Task;
            return Results.Json(new { access_token = "first", expires_in = 3600 });
        }));
        var secret = await CreateAsync(server, $"{provider.Url}/token");
        using var leaving = new CancellationTokenSource();
        var values = server.Server.Service<Server.Features.Secrets.ISecretValues>();
        var finding = values.FindAsync(server.AccountId, secret, null, leaving.Token);
        await arrived.Task.WaitAsync(Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
        var second = server.HeaderAsync(secret);
        go.SetResult();

        Assert.Equal("Bearer first", await second);
    }

    /// <summary>A refresh that fails for a moment leaves the access token in use until it expires.</summary>
    [Fact]
    public async Task FailedRefresh_LeavesTheTokenInUse_UntilItExpires()
    {
        var isDown = false;
        await using var server = await SecretServer.StartAsync();
        await using var provider = await LocalWebServer.StartAsync(app => app.MapPost(
            "/token", () => isDown ? Results.StatusCode(503) : Results.Json(new { access_token = "first", expires_in = "600" })));
        var secret = await CreateAsync(server, $"{provider.Url}/token");
        Assert.Equal("Bearer first", await server.HeaderAsync(secret));
        isDown = true;

        server.Time.Advance(TimeSpan.FromSeconds(580));
        Assert.Equal("Bearer first", await server.HeaderAsync(secret));
        server.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Contains("status 503", await server.ReasonAsync(secret), StringComparison.Ordinal);
    }

    private static async Task<string> CreateAsync(SecretServer server, string tokenUrl) => await server.CreateAsync(
        "oauth", $$""" "config":{"grantType":"client_credentials","clientId":"a","clientSecret":"b","tokenUrl":"{{tokenUrl}}"}""");

    private static void Map(WebApplication app)
    {
        app.MapPost("/garbage", () => "<html>");
        app.MapPost("/array", () => Results.Text("[1]"));
        app.MapPost("/twice", () => Results.Text("""{"access_token":"a","access_token":"b"}"""));
        app.MapPost("/empty", () => Results.Text("{}"));
        app.MapPost("/error", () => Results.Json(new { error = "invalid_grant<script>", error_description = "a secret" }, statusCode: 400));
        app.MapPost("/failure", () => Results.StatusCode(500));
        app.MapPost("/redirect", () => Results.Redirect("/empty", permanent: false, preserveMethod: true));
        app.MapPost("/large", () => Results.Text(new string('x', 100_000)));
        app.MapPost("/header", () => Results.Json(new { access_token = "a\r\nX-Evil: 1" }));
        app.MapPost("/cut", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
    }
}
