using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>The answer of a provider, or why there is none.</summary>
/// <param name="Body">The answer; null when the provider refused or failed.</param>
/// <param name="Fault">Why, as a sentence without anything secret; empty when there is an answer.</param>
/// <param name="IsRefusal">Whether the provider refused, so that the same request would be refused again.</param>
internal sealed record OAuthAnswer(JsonObject? Body, string Fault, bool IsRefusal)
{
    /// <summary>Describes the answer without its body, because logs print records.</summary>
    public override string ToString() => $"OAuthAnswer {{ Fault = {Fault} }}";
}

/// <summary>Sends requests to the endpoints of OAuth 2 providers (RFC 6749, RFC 7009).</summary>
internal sealed class OAuthClient : IDisposable
{
    /// <summary>The maximum size of an answer. Tokens with many claims have some thousand bytes.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    private const int MaxCodeLength = 64;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    public OAuthClient(GuardedHttp guard, TimeProvider time)
    {
        _client = HttpHandlers.CreateClient(guard.CreateHandler());
        _client.MaxResponseContentBufferSize = MaxAnswerBytes;
        _time = time;
    }

    /// <summary>Asks the token endpoint.</summary>
    public async Task<OAuthAnswer> RequestTokensAsync(OAuthSettings settings, IReadOnlyDictionary<string, string> form)
    {
        var answer = await SendAsync(settings, settings.TokenUrl, form, isBasic: false);
        // Both forms of the client's credential are standard, and some providers know only the header.
        return answer is { IsRefusal: true, Fault: var fault } && settings.ClientSecret is not null && fault.EndsWith("invalid_client", StringComparison.Ordinal)
            ? await SendAsync(settings, settings.TokenUrl, form, isBasic: true)
            : answer;
    }

    /// <summary>
    /// Revokes tokens at the provider, if the provider has an address for that. Not every provider ends the access token with the refresh
    /// token.
    /// </summary>
    /// <returns>Why that failed; empty when it did not.</returns>
    public async Task<string> RevokeAsync(OAuthSettings settings, OAuthTokens tokens)
    {
        var fault = "";
        foreach (var (token, kind) in new[] { (tokens.Refresh, "refresh_token"), (tokens.Access, "access_token") })
        {
            if (token is null || settings.RevokeUrl is not { } url)
                continue;
            var form = new Dictionary<string, string> { ["token"] = token, ["token_type_hint"] = kind };
            // The answer has no body that matters.
            var answer = await SendAsync(settings, url, form, isBasic: false, hasBody: false);
            fault = fault.Length > 0 ? fault : answer.Fault;
        }

        return fault;
    }

    public void Dispose() => _client.Dispose();

    private async Task<OAuthAnswer> SendAsync(
        OAuthSettings settings, Uri url, IReadOnlyDictionary<string, string> form, bool isBasic, bool hasBody = true)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        try
        {
            using var request = RequestOf(settings, url, form, isBasic);
            using var response = await _client.SendAsync(request, limit.Token);
            return Read(response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token), hasBody);
        }
        catch (OperationCanceledException)
        {
            return Failed($"The provider did not answer within {Limit.TotalSeconds} seconds");
        }
        catch (HttpRequestException exception) when (exception.InnerException is PrivateAddressException)
        {
            return Failed("The provider can't be reached: its address is not on the public internet");
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return Failed("The answer of the provider is too large");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException)
        {
            return Failed("The provider can't be reached");
        }
    }

    private static HttpRequestMessage RequestOf(OAuthSettings settings, Uri url, IReadOnlyDictionary<string, string> form, bool isBasic)
    {
        var fields = new Dictionary<string, string>(form);
        var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Accept.ParseAdd("application/json");
        if (isBasic)
        {
            var credential = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret!)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)));
        }
        else
        {
            fields["client_id"] = settings.ClientId;
            if (settings.ClientSecret is { } secret)
                fields["client_secret"] = secret;
        }

        request.Content = new FormUrlEncodedContent(fields);
        return request;
    }

    private static OAuthAnswer Read(HttpStatusCode status, string text, bool hasBody)
    {
        var body = SecretJson.ObjectOf(text);
        if (body is not null && SecretJson.Text(body, "error") is { } error)
            return new OAuthAnswer(null, $"The provider refused: {CodeOf(error)}", IsRefusal: (int)status < 500);
        if ((int)status is >= 300 and < 400)
            return Failed("The provider redirected the request, and tokens are sent to no other address");
        if ((int)status >= 400)
            return new OAuthAnswer(null, $"The provider answered with the status {(int)status}", IsRefusal: (int)status is 400 or 401 or 403);
        if (hasBody && body is null)
            return Failed("The answer of the provider is no JSON object");
        return new OAuthAnswer(body, "", IsRefusal: false);
    }

    private static OAuthAnswer Failed(string fault) => new(null, fault, IsRefusal: false);

    /// <summary>Returns the code of an error, without characters that no code has.</summary>
    public static string CodeOf(string error) =>
        string.Concat(error.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.').Take(MaxCodeLength));
}
