using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Helpers that send a body and read a response.</summary>
internal static class HttpAnswers
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string body) =>
        client.PostAsync(path, Json(body), Token);

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Token);

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) => JsonNode.Parse(await answer.TextAsync())!;

    /// <summary>Returns the status, code and message of an error response as one line.</summary>
    public static async Task<string> ErrorAsync(this HttpResponseMessage answer)
    {
        var body = await answer.JsonAsync();
        return $"{(int)answer.StatusCode} {body["code"]}: {body["message"]}";
    }

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(",", values)
            : null;
}
