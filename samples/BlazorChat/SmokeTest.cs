using System.Net.Http.Headers;
using System.Text.Json;

namespace BlazorChat;

/// <summary>
/// Does what the page of a visitor does: it loads the page and the widget, gets a session, asks a question, and comes back to the same
/// conversation.
/// </summary>
internal static class SmokeTest
{
    public static async Task<bool> RunAsync(Uri address)
    {
        // The handler stores the cookie, as a browser does.
        using var browser = new HttpClient { BaseAddress = address };
        using var stranger = new HttpClient { BaseAddress = address };
        var page = await browser.GetStringAsync("/");
        var script = await browser.GetStringAsync("/_content/ChatBotKit.Widget/chat.js");
        var session = await SessionAsync(browser);
        var answer = await AskAsync(session, "When do you open on Saturday", address);
        var again = await SessionAsync(browser);
        await stranger.GetStringAsync("/");
        var elsewhere = await SessionAsync(stranger);
        List<string> missing =
        [
            .. Problem(page.Contains("<chatbotkit-chat session-url=\"/chat/session\"", StringComparison.Ordinal), "the chat"),
            .. Problem(script.Contains("customElements.define('chatbotkit-chat'", StringComparison.Ordinal), "the script"),
            .. Problem(answer.Contains("9:00 to 14:00", StringComparison.Ordinal), "the answer"),
            .. Problem(ConversationOf(again) == ConversationOf(session), "the conversation after a reload"),
            .. Problem(ConversationOf(elsewhere) != ConversationOf(session), "a conversation of somebody else's own"),
        ];
        Console.WriteLine(missing.Count == 0 ? "The page loads, answers, and keeps the conversation." : $"Missing: {string.Join("; ", missing)}\n{page}\n{answer}");
        return missing.Count == 0;
    }

    private static IEnumerable<string> Problem(bool isGood, string what) => isGood ? [] : [what];

    private static string ConversationOf(JsonElement session) => session.GetProperty("conversationId").GetString()!;

    private static async Task<JsonElement> SessionAsync(HttpClient browser)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/session") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var response = await browser.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> AskAsync(JsonElement session, string question, Uri page)
    {
        using var chat = new HttpClient { BaseAddress = new Uri(session.GetProperty("apiUrl").GetString()!) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/conversation/{ConversationOf(session)}/complete") { Content = JsonContent.Create(new { text = question }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("token").GetString());
        request.Headers.Add("Origin", page.GetLeftPart(UriPartial.Authority));
        using var response = await chat.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
