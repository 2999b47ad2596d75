using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Decides about an answer without text. Asking again costs as much as the first time, so it is done only if the finish reason
/// makes another answer likely.
/// </summary>
internal static class EmptyAnswer
{
    private const int MaxAsked = 3;
    private const int MaxAskedAfterThoughts = 2;

    public static bool IsAskedAgain(ModelCall call, int asked) =>
        call.EndReason == ModelEndReason.Stop
        && asked < (call.Reasoning.Length > 0 ? MaxAskedAfterThoughts : MaxAsked);

    /// <summary>Returns the text that the user gets in place of the answer.</summary>
    public static string WordsFor(ModelCall call) => call.EndReason switch
    {
        ModelEndReason.Length =>
            "The limit of the model's output was reached before the answer began. Raise maxTokens, or ask for less.",
        ModelEndReason.Filtered => "The model's provider held the answer back.",
        _ => "The model gave no answer.",
    };

    public static string MetaFor(ModelCall call) => call.EndReason switch
    {
        ModelEndReason.Length => """{"outputLimitReached":true}""",
        ModelEndReason.Filtered => """{"contentFiltered":true}""",
        _ => """{"cycleDetected":{"kind":"emptyExhausted"}}""",
    };
}
