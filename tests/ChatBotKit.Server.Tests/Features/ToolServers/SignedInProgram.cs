using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A program that signs in at an MCP server, and the browser of the owner.</summary>
internal sealed class SignedInProgram(string url) : IDisposable
{
    public const string Redirect = "http://127.0.0.1:1/callback";

    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public string Issuer { get; } = url[..^"/mcp".Length];

    public string ClientId { get; private set; } = "";

    public async Task<SignedInProgram> RegisterAsync(params string[] redirects)
    {
        using var answer = await Http.SendAsync(
            HttpMethod.Post, $"{Issuer}/oauth/register",
            JsonSerializer.Serialize(new { redirect_uris = redirects.Length == 0 ? [Redirect] : redirects, client_name = "<b>Pad</b>", software_id = "x" }));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        ClientId = (await answer.JsonAsync()).Text("client_id")!;
        return this;
    }

    /// <summary>Returns the address of the page of the owner; <paramref name="changes"/> replace parameters.</summary>
    public string Page(params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = Redirect,
            ["state"] = "s&1",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))),
            ["code_challenge_method"] = "S256",
            ["resource"] = url,
        };
        foreach (var (name, value) in changes)
            query[name] = value;
        return QueryHelpers.AddQueryString($"{Issuer}/oauth/authorize", query);
    }

    /// <summary>Sends the form of the page, and returns the parameters with which the browser goes back.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AllowAsync(string token, params (string Name, string? Value)[] changes)
    {
        using var answer = await PostAsync(Page(changes), ("token", token));
        return Back(answer);
    }

    public static IReadOnlyDictionary<string, string> Back(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var location = answer.Header("Location")!;
        Assert.StartsWith($"{Redirect}?", location, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(new Uri(location).Query).ToDictionary(field => field.Key, field => field.Value.ToString());
    }

    public Task<JsonElement> RedeemAsync(string code, params (string Name, string? Value)[] changes) => ExchangeAsync(
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("code_verifier", _verifier), ("resource", url), .. changes]);

    public Task<JsonElement> RefreshAsync(string token) => ExchangeAsync([("grant_type", "refresh_token"), ("refresh_token", token)]);

    public async Task<JsonElement> ExchangeAsync((string Name, string? Value)[] fields)
    {
        using var answer = await PostAsync($"{Issuer}/oauth/token", [("client_id", ClientId), .. fields]);
        return await answer.JsonAsync();
    }

    /// <summary>Sends a form. The last value of a name counts.</summary>
    public Task<HttpResponseMessage> PostAsync(string address, params (string Name, string? Value)[] fields) => Http.SendAsync(
        HttpMethod.Post, address,
        new FormUrlEncodedContent(fields.GroupBy(field => field.Name).Select(group => KeyValuePair.Create(group.Key, group.Last().Value ?? ""))));

    /// <summary>Signs in, and returns the answer with the tokens.</summary>
    public async Task<JsonElement> SignInAsync(string token) => await RedeemAsync((await AllowAsync(token))["code"]);

    public void Dispose() => Http.Dispose();
}
