using System.Diagnostics;
using ChatBotKit.AdminConsole.Web;

namespace ChatBotKit.AdminConsole.Settings;

/// <summary>The answer of a model to one short question, which is not stored.</summary>
/// <param name="Model">The model; null for the default one.</param>
/// <param name="Time">How long the answer, or the failure, took.</param>
/// <param name="Answer">The beginning of the answer; null when there is none.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
public sealed record ModelTest(string? Model, TimeSpan Time, string? Answer, Failure? Failure)
{
    /// <summary>The question.</summary>
    public const string Question = "Answer with the word OK.";

    private const int ShownCharacters = 200;

    internal static async Task<ModelTest> RunAsync(Page page, string? model)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var response = await page.Api.Conversation.CompleteAsync(
                new ConversationCompleteRequest { Model = model, Messages = [new ConversationMessage { Type = MessageType.User, Text = Question }] }, page.Aborted);
            var answer = response.Text.Length > ShownCharacters ? $"{response.Text[..ShownCharacters]}…" : response.Text;
            return new(model, Stopwatch.GetElapsedTime(start), answer, null);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode != System.Net.HttpStatusCode.Unauthorized)
        {
            return new(model, Stopwatch.GetElapsedTime(start), null, Failure.Of(exception));
        }
    }
}
