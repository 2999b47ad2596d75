using System.Net;
using System.Text.Json;
using ChatBotKit.Server.Features.Secrets;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Features.Secrets;

/// <summary>A server whose secrets get values, with a clock of the test.</summary>
internal sealed class SecretServer : IAsyncDisposable
{
    private SecretServer(FeatureServer server, FakeTimeProvider time, string accountId)
    {
        Server = server;
        Time = time;
        AccountId = accountId;
    }

    public FeatureServer Server { get; }

    public FakeTimeProvider Time { get; }

    public string AccountId { get; }

    public string Callback => $"{Server.Server.Address.AbsoluteUri.TrimEnd('/')}/oauth/callback";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SecretServer> StartAsync(bool allowsPrivate = true)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var server = await FeatureServer.StartAsync(
            time, new Dictionary<string, string?> { ["CHATBOTKIT_ALLOW_PRIVATE_URLS"] = allowsPrivate ? "true" : null });
        return new SecretServer(server, time, await server.Server.OwnerAccountIdAsync());
    }

    /// <summary>Creates a secret; <paramref name="fields"/> are the members of the body after the first ones.</summary>
    public async Task<string> CreateAsync(string type, string fields = "") =>
        ApiJson.Id(await Server.PostAsync("secret/create", $$"""{"name":"Mail","type":"{{type}}"{{(fields.Length > 0 ? "," : "")}}{{fields}}}"""));

    public async Task<string> VerifiedContactAsync(string fingerprint = "0123456789abcdef") =>
        ApiJson.Id(await Server.PostAsync("contact/ensure", $$"""{"fingerprint":"{{fingerprint}}"}"""));

    public Task<SecretValue> FindAsync(string secretId, string? contactId = null) =>
        Server.Service<ISecretValues>().FindAsync(AccountId, secretId, contactId, Token);

    public async Task<string> HeaderAsync(string secretId, string? contactId = null)
    {
        var value = await FindAsync(secretId, contactId);
        return value.Header ?? throw new InvalidOperationException(value.Reason);
    }

    public async Task<string> ReasonAsync(string secretId, string? contactId = null)
    {
        var value = await FindAsync(secretId, contactId);
        Assert.Null(value.Header);
        return value.Reason!;
    }

    /// <summary>Returns the address of the page on which the value is given.</summary>
    public async Task<string> PageAsync(string secretId, string? contactId = null) =>
        (await Server.PostAsync($"{PathOf(secretId, contactId)}/authenticate", "{}")).Text("url")!;

    public Task<JsonElement> VerifyAsync(string secretId, string? contactId = null) => Server.PostAsync($"{PathOf(secretId, contactId)}/verify", "{}");

    public async Task<string> StatusAsync(string secretId, string? contactId = null) => (await VerifyAsync(secretId, contactId)).Text("status")!;

    public Task RevokeAsync(string secretId, string? contactId = null) => Server.PostAsync($"{PathOf(secretId, contactId)}/revoke", "{}");

    /// <summary>Lets a person with a new browser sign in, and returns the last page.</summary>
    public async Task<string> SignInAsync(string secretId, string? contactId = null, string person = "ann")
    {
        using var browser = Browser(person);
        return await browser.ReadTextAsync(await PageAsync(secretId, contactId));
    }

    /// <summary>Creates a browser with cookies.</summary>
    public static HttpClient Browser(string person = "ann", bool followsRedirects = true)
    {
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = followsRedirects });
        browser.DefaultRequestHeaders.Add("X-Person", person);
        return browser;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static string PathOf(string secretId, string? contactId) => contactId is null ? $"secret/{secretId}" : $"contact/{contactId}/secret/{secretId}";
}
