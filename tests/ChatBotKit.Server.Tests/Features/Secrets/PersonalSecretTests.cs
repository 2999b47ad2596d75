using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The values that contacts have for personal secrets, and the page on which they enter them.</summary>
public sealed class PersonalSecretTests
{
    private const string Personal = """ "kind":"personal" """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contact_EntersItsOwnValue_WhichOthersDoNotHave()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer", Personal);
        var (ann, bob) = (await server.VerifiedContactAsync("0123456789abcdef"), await server.VerifiedContactAsync("fedcba9876543210"));
        var unverified = await server.VerifyAsync(secret, ann);
        Assert.Equal("unauthenticated", unverified.Text("status"));
        Assert.Equal("authenticate", unverified.GetProperty("action").Text("type"));

        var page = await EnterAsync(unverified.GetProperty("action").Text("url")!, "the token of ann");

        Assert.Contains("can be used now", page, StringComparison.Ordinal);
        Assert.Equal("Bearer the token of ann", await server.HeaderAsync(secret, ann));
        Assert.Equal("authenticated", await server.StatusAsync(secret, ann));
        Assert.Equal("The secret has no value", await server.ReasonAsync(secret, bob));
        Assert.Contains("no contact", await server.ReasonAsync(secret), StringComparison.Ordinal);
        Assert.Equal([secret], (await server.Server.GetAsync($"contact/{ann}/secret/list")).Ids());
        Assert.Empty((await server.Server.GetAsync($"contact/{bob}/secret/list")).Ids());
    }

    [Fact]
    public async Task Value_IsEncrypted_AndGoesWithItsContact()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer", Personal);
        var ann = await server.VerifiedContactAsync();
        await EnterAsync(await server.PageAsync(secret, ann), "token-of-ann");
        var stored = await RowAsync(server, secret, ann);
        Assert.NotNull(stored);
        Assert.DoesNotContain("token-of-ann", stored, StringComparison.Ordinal);

        await server.Server.PostAsync($"contact/{ann}/delete", "{}");

        Assert.Null(await RowAsync(server, secret, ann));
        Assert.Contains("the contact does not exist", await server.ReasonAsync(secret, ann), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RevokedValue_IsGone_ForThisContactAlone()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer", Personal);
        var (ann, bob) = (await server.VerifiedContactAsync("0123456789abcdef"), await server.VerifiedContactAsync("fedcba9876543210"));
        await EnterAsync(await server.PageAsync(secret, ann), "a");
        await EnterAsync(await server.PageAsync(secret, bob), "b");

        await server.RevokeAsync(secret, ann);

        Assert.Equal("unauthenticated", await server.StatusAsync(secret, ann));
        Assert.Equal("Bearer b", await server.HeaderAsync(secret, bob));
        await server.Server.Owner.AssertRefusedAsync("404 NOT_FOUND: Value not found", HttpMethod.Post, $"contact/{ann}/secret/{secret}/revoke", "{}");
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("authenticate")]
    [InlineData("revoke")]
    public async Task OperationsOfAContact_NeedAPersonalSecret_AndAVerifiedContact(string verb)
    {
        await using var server = await SecretServer.StartAsync();
        var (shared, personal) = (await server.CreateAsync("bearer"), await server.CreateAsync("bearer", Personal));
        var verified = await server.VerifiedContactAsync();
        var unverified = ApiJson.Id(await server.Server.PostAsync("contact/create", """{"name":"Bob"}"""));

        await RefusedAsync("409 CONFLICT: *shared*", verified, shared);
        await RefusedAsync("409 CONFLICT: The contact is not verified", unverified, personal);
        await RefusedAsync("404 NOT_FOUND: Contact not found", "unknown", personal);
        await RefusedAsync("404 NOT_FOUND: Secret not found", verified, "unknown");
        if (verb != "verify")
            await server.Server.Owner.AssertRefusedAsync("409 CONFLICT: *personal*", HttpMethod.Post, $"secret/{personal}/{verb}", "{}");

        Task<string> RefusedAsync(string refusal, string contact, string secret) =>
            server.Server.Owner.AssertRefusedAsync(refusal, HttpMethod.Post, $"contact/{contact}/secret/{secret}/{verb}", "{}");
    }

    [Fact]
    public async Task Page_WorksForOneValue_AndForFifteenMinutes()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer");
        var (first, second) = (await server.PageAsync(secret), await server.PageAsync(secret));
        await EnterAsync(first, "a");

        Assert.Contains("not valid", await EnterAsync(first, "b"), StringComparison.Ordinal);
        Assert.Equal("Bearer a", await server.HeaderAsync(secret));
        server.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Contains("not valid", await EnterAsync(second, "b"), StringComparison.Ordinal);
        Assert.Contains("not valid", await EnterAsync(second + "x", "b"), StringComparison.Ordinal);
        Assert.Equal("Bearer a", await server.HeaderAsync(secret));
    }

    [Fact]
    public async Task Page_ThatIsOpenWhileTheContactLosesItsVerification_TakesNoValue()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer", Personal);
        var ann = await server.VerifiedContactAsync();
        var page = await server.PageAsync(secret, ann);

        await server.Server.PostAsync($"contact/{ann}/update", """{"verifiedAt":null}""");

        Assert.Contains("not valid", await EnterAsync(page, "a"), StringComparison.Ordinal);
        Assert.Contains("not verified", await server.ReasonAsync(secret, ann), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_HasNoScripts_AndShowsNoMarkupOfTheSecret()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer");
        await server.Server.PostAsync($"secret/{secret}/update", """{"name":"<script>alert(1)</script>"}""");
        using var browser = SecretServer.Browser();

        using var answer = await browser.SendAsync(HttpMethod.Get, await server.PageAsync(secret));
        var text = await answer.ReadTextAsync();

        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
    }

    [Theory]
    [InlineData("basic", "no colon", "name:password")]
    [InlineData("jwt", "no key", "not a private RSA key")]
    [InlineData("plain", "", "missing")]
    public async Task Value_ThatCannotBeUsed_IsAskedForAgain(string type, string value, string fault)
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync(type);
        var page = await server.PageAsync(secret);

        Assert.Contains(fault, await EnterAsync(page, value), StringComparison.Ordinal);
        Assert.Equal("unauthenticated", await server.StatusAsync(secret));
        Assert.Contains("<form", await EnterAsync(page, new string('x', 70_000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignInAndRevocation_AreInTheAudit()
    {
        await using var server = await SecretServer.StartAsync();
        var secret = await server.CreateAsync("bearer", "\"kind\":\"personal\"");
        var ann = await server.VerifiedContactAsync();

        await EnterAsync(await server.PageAsync(secret, ann), "token-of-ann");
        await server.RevokeAsync(secret, ann);

        var records = (await server.Server.GetAsync("session/audit/list")).GetProperty("items").EnumerateArray()
            .Where(record => record.Text("type") is "setSecret" or "revokeSecret").ToList();
        Assert.Equal(
            [("revokeSecret", "owner", secret, ann), ("setSecret", "visitor", secret, ann)],
            records.Select(record => (record.Text("type")!, record.GetProperty("actor").Text("kind")!, record.Text("code")!, record.Text("contactId")!)));
        Assert.True((await server.Server.GetAsync("session/audit/verify")).GetProperty("valid").GetBoolean());
    }

    private static async Task<string> EnterAsync(string page, string value)
    {
        using var browser = SecretServer.Browser();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["value"] = value });
        using var answer = await browser.SendAsync(HttpMethod.Post, page, form);
        return await answer.TextAsync();
    }

    private static async Task<string?> RowAsync(SecretServer server, string secretId, string contactId) =>
        (await server.Server.Server.Store.QueryAsync(db => db.FindSecretValueAsync(secretId, contactId), Token))?.Value;
}
