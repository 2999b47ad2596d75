using System.Net.Http.Headers;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.Server.Tests.Security;

public sealed class ApiTokenTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_NamesItsAccountAndScope()
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        var account = await server.AddAccountAsync();
        var secret = await server.CreateApiTokenAsync(account.Id);

        var who = await server.Client(secret).ReadTextAsync("who");

        Assert.Equal($"{account.Id} {(await server.FindTokenAsync(secret)).Id}", who);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer sk-0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Bearer oart-refresh")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic " + ServerFactory.OwnerSecret)]
    [InlineData(ServerFactory.OwnerSecret)]
    [InlineData("Bearer " + ServerFactory.OwnerSecret + "x")]
    public async Task Credential_ThatIsNotGood_Is401(string? header)
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        using var client = server.Client(credential: null);
        if (header is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using var answer = await client.SendAsync(HttpMethod.Get, "/v1/who");

        await answer.AssertRefusedAsync("401 NOT_AUTHENTICATED: Not authenticated");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Scheme_IsReadInAnyCase()
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        using var client = server.Client(credential: null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bEARER", ServerFactory.OwnerSecret);

        await client.ReadTextAsync("/v1/who");
    }

    [Fact]
    public void Hash_OfATokenUnderAnotherKey_IsAnother()
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-");
        var (here, there) = (Path.Combine(directory.FullName, "here"), Path.Combine(directory.FullName, "there"));

        var hash = new ApiTokenKey(here).HashOf(ServerFactory.OwnerSecret);

        Assert.Equal(hash, new ApiTokenKey(here).HashOf(ServerFactory.OwnerSecret));
        Assert.NotEqual(hash, new ApiTokenKey(there).HashOf(ServerFactory.OwnerSecret));
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>\n<apiTokenKey value=\"{0}\" />")]
    [InlineData("<apiTokenKey value='{0}'></apiTokenKey>\n")]
    [InlineData("<apiTokenKey made=\"by hand\" value=\"{0}\" />")]
    public void Key_InAnotherFormOfXml_IsTheSame(string form)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-");
        var id = new ApiTokenKey(directory.FullName).Id;
        var path = Path.Combine(directory.FullName, ApiTokenKey.FileName);
        var value = System.Xml.Linq.XElement.Load(path).Attribute("value")!.Value;
        File.WriteAllText(path, form.Replace("{0}", value, StringComparison.Ordinal));

        Assert.Equal(id, new ApiTokenKey(directory.FullName).Id);
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("<apiTokenKey value=\"\" />")]
    [InlineData("<apiTokenKey value=\" />")]
    [InlineData("<apiTokenKey value=\"no key\" />")]
    [InlineData("")]
    public void Key_OfADamagedFile_IsRefused(string content)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-");
        File.WriteAllText(Path.Combine(directory.FullName, ApiTokenKey.FileName), content);

        Assert.Throws<StartupException>(() => new ApiTokenKey(directory.FullName).Id);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void KeyOfTheHashes_IsInAFileForTheServersUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-");

        new ApiTokenKey(directory.FullName).HashOf(ServerFactory.OwnerSecret);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory.FullName, ApiTokenKey.FileName)));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task RevokedToken_IsRefusedWithTheNextRequest()
    {
        await using var server = await ServerFactory.StartAsync(MapWho);
        var secret = await server.CreateApiTokenAsync(await server.OwnerAccountIdAsync());
        using var client = server.Client(secret);
        using var before = await client.SendAsync(HttpMethod.Get, "/v1/who");

        var id = (await server.FindTokenAsync(secret)).Id;
        await server.Store.ExecuteAsync("""UPDATE "ApiTokens" SET "RevokedAt" = 5 WHERE "Id" = $1""", id);
        server.App.Services.GetRequiredService<ChangeFeed>().Publish(new Change(ChangedKinds.ApiToken, id, "", ChangeKind.Revoked));
        using var after = await client.SendAsync(HttpMethod.Get, "/v1/who");

        await before.AssertOkAsync();
        await after.AssertRefusedAsync("401 NOT_AUTHENTICATED");
    }

    [Fact]
    public async Task Secret_IsNowhereInTheDatabase()
    {
        await using var server = await ServerFactory.StartAsync(MapWho);

        var stored = await server.FindTokenAsync(ServerFactory.OwnerSecret);

        Assert.Equal(32, stored.Hash.Length);
        Assert.DoesNotContain(ServerFactory.OwnerSecret, stored.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiRoute_ThatForgotItsRule_IsClosed()
    {
        await using var server = await ServerFactory.StartAsync(app => app.MapGet("/api/v1/forgotten", () => "open"));

        await server.Client(credential: null).AssertRefusedAsync("401 NOT_AUTHENTICATED", HttpMethod.Get, "/v1/forgotten");
    }

    [Fact]
    public async Task AnonymousRoute_NeedsNoCredential()
    {
        await using var server = await ServerFactory.StartAsync(
            app => app.MapApi(api => api.MapGet("/open", () => "open").AllowAnonymousApi()));

        Assert.Equal("open", await server.Client(credential: null).ReadTextAsync("/v1/open"));
    }

    [Fact]
    public void NewSecret_HasTheOfficialShape() => Assert.Matches("^sk-[0-9a-f]{64}$", ApiTokens.NewSecret());

    private static void MapWho(WebApplication app) =>
        app.MapApi(api => api.MapGet("/who", (Caller caller) => $"{caller.AccountId} {caller.ScopeId}"));
}
