using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatBotKit.Server.Tests;

/// <summary>Reads and checks the responses of a server. When a check fails, the message of the test contains the whole body.</summary>
internal static class ApiAnswers
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Token);

    /// <summary>Returns the JSON of a response with any status.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => JsonElement.Parse(await answer.TextAsync());

    /// <summary>Returns the JSON of a response, whose status must be 200.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer) => JsonElement.Parse(await answer.ReadTextAsync());

    /// <summary>Returns the text of a response, whose status must be 200.</summary>
    public static async Task<string> ReadTextAsync(this HttpResponseMessage answer)
    {
        await answer.AssertOkAsync();
        return await answer.TextAsync();
    }

    /// <summary>Checks that the status is 200. The body of a successful response is not read, because it may be a stream.</summary>
    public static async Task AssertOkAsync(this HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
            Assert.Fail(await answer.DescribeAsync());
    }

    /// <summary>Checks that the response is the given refusal.</summary>
    /// <param name="answer">The response.</param>
    /// <param name="refusal">
    /// The status and code, such as <c>404 NOT_FOUND</c>, optionally with the message: <c>404 NOT_FOUND: Bot not found</c>. An asterisk
    /// in the message matches any text: <c>400 BAD_REQUEST: *"name"*</c>.
    /// </param>
    /// <returns>The message of the error.</returns>
    public static async Task<string> AssertRefusedAsync(this HttpResponseMessage answer, string refusal)
    {
        var told = await answer.ErrorAsync();
        var expected = refusal.Contains(": ", StringComparison.Ordinal) ? refusal : $"{refusal}: *";
        var pattern = $"^{Regex.Escape(expected).Replace(@"\*", ".*", StringComparison.Ordinal)}$";
        if (!Regex.IsMatch(told, pattern, RegexOptions.Singleline))
            Assert.Fail($"Expected: {expected}\n{await answer.DescribeAsync()}");
        var message = told[(told.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        Assert.True(message.Length > 0, $"A refusal says why: {told}");
        return message;
    }

    /// <summary>Returns the status, code and message of an error in one line: <c>404 NOT_FOUND: Bot not found</c>.</summary>
    public static async Task<string> ErrorAsync(this HttpResponseMessage answer)
    {
        var text = await answer.TextAsync();
        Assert.True((int)answer.StatusCode >= 400 && text.StartsWith('{'), await answer.DescribeAsync());
        var body = JsonElement.Parse(text);
        return $"{(int)answer.StatusCode} {body.Text("code")}: {body.Text("message")}";
    }

    /// <summary>Returns the status of a response, such as <c>200</c>; for an error also its code, such as <c>404 NOT_FOUND</c>.</summary>
    public static async Task<string> CodeAsync(this HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        return status < 400 ? $"{status}" : $"{status} {(await answer.JsonAsync()).Text("code")}";
    }

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(",", values)
            : null;

    /// <summary>Returns the request, and the status and the body of the response, as text.</summary>
    public static async Task<string> DescribeAsync(this HttpResponseMessage answer) =>
        $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery}: {(int)answer.StatusCode} {await answer.TextAsync()}";
}

/// <summary>Short accessors for JSON.</summary>
internal static class ApiJson
{
    public static string Id(this JsonElement item) => item.Text("id")!;

    public static string? Text(this JsonElement value, string name) => value.GetProperty(name).GetString();

    public static IEnumerable<JsonElement> Items(this JsonElement list) => list.GetProperty("items").EnumerateArray();

    public static IReadOnlyList<string> Ids(this JsonElement list) => [.. list.Items().Select(item => item.Id())];
}
