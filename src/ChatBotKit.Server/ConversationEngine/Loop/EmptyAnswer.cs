using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// What to do about an answer without a text. Asking again costs what the first time has cost, so it is done only where the end of
/// the answer gives hope that the next one is another.
/// </summary>
internal static class EmptyAnswer
{
    private const int MaxAsked = 3;
    private const int MaxAskedAfterThoughts = 2;

    public static bool IsAskedAgain(ModelCall call, int asked) =>
        call.EndReason == ModelEndReason.Stop
        && asked < (call.Reasoning.Length > 0 ? MaxAskedAfterThoughts : MaxAsked);

    /// <summary>What the user reads in place of the answer.</summary>
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
