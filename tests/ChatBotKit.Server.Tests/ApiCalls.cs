using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit.Server.Tests;

/// <summary>
/// Sends the requests of tests. A path is below <c>/api/v1</c> unless it begins with a slash or is a whole address. A body is sent as
/// JSON: a string unchanged, and any other object serialized without null properties. An <see cref="HttpContent"/> keeps its own type.
/// </summary>
internal static class ApiCalls
{
    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends a request and receives the whole response.</summary>
    /// <param name="client">The client, with the address of the server and the default credential.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, with its query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="accept">The header <c>Accept</c>.</param>
    /// <param name="key">The header <c>Idempotency-Key</c>.</param>
    /// <param name="token">The bearer token instead of the client's.</param>
    /// <param name="headers">Further headers, which are sent unchanged.</param>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? accept = null, string? key = null,
        string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, body, accept, key, token, headers);
        return await client.SendAsync(request, Token);
    }

    /// <summary>
    /// Sends a request and returns when the headers of the response arrive, so that the test can read a stream while it is written.
    /// </summary>
    public static async Task<HttpResponseMessage> OpenAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, string? accept = "application/jsonl", string? key = null,
        string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, body, accept, key, token, headers);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>Sends a request and returns the JSON of the response, whose status must be 200.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var answer = await client.SendAsync(method, path, body, key: key);
        return await answer.ReadAsync();
    }

    /// <summary>Gets the text of a response, whose status must be 200.</summary>
    public static async Task<string> ReadTextAsync(this HttpClient client, string path, string? accept = null)
    {
        using var answer = await client.SendAsync(HttpMethod.Get, path, accept: accept);
        return await answer.ReadTextAsync();
    }

    /// <summary>Gets the bytes of a response, whose status must be 200.</summary>
    public static async Task<byte[]> ReadBytesAsync(this HttpClient client, string path)
    {
        using var answer = await client.SendAsync(HttpMethod.Get, path);
        await answer.AssertOkAsync();
        return await answer.Content.ReadAsByteArrayAsync(Token);
    }

    /// <summary>Sends a request and returns the status and code of the response, as <see cref="ApiAnswers.CodeAsync"/> does.</summary>
    public static async Task<string> CodeAsync(this HttpClient client, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var answer = await client.SendAsync(method, path, body, key: key);
        return await answer.CodeAsync();
    }

    /// <summary>Sends a request and checks that it is refused, as <see cref="ApiAnswers.AssertRefusedAsync"/> does.</summary>
    /// <returns>The message of the error.</returns>
    public static async Task<string> AssertRefusedAsync(
        this HttpClient client, string refusal, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var answer = await client.SendAsync(method, path, body, key: key);
        return await answer.AssertRefusedAsync(refusal);
    }

    private static HttpRequestMessage Request(
        HttpMethod method, string path, object? body, string? accept, string? key, string? token, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, AddressOf(path)) { Content = ContentOf(body) };
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static Uri AddressOf(string path) =>
        path.StartsWith("http://", StringComparison.Ordinal) || path.StartsWith("https://", StringComparison.Ordinal)
            ? new Uri(path)
            : new Uri(path.StartsWith('/') ? path : $"/api/v1/{path}", UriKind.Relative);

    private static HttpContent? ContentOf(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        string json => Json(json),
        _ => Json(JsonSerializer.Serialize(body, body.GetType(), WithoutNulls)),
    };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
