using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>An answer to a function call that somebody gives with a message.</summary>
/// <param name="Activity">The answer.</param>
/// <param name="SessionId">The session that gives it; null for the owner.</param>
internal sealed record CallAnswer(ToolActivity Activity, string? SessionId)
{
    /// <summary>
    /// Whoever asked gets the answer: a session answers the calls of its own runs. The owner may answer every call that no run
    /// answers by itself. There is one answer to each call.
    /// </summary>
    /// <param name="transcript">What was said before, oldest first.</param>
    /// <returns>403: not a call of this session; 409: the call has its answer, or its run gives it; null when it may be given.</returns>
    public ApiError? Refusal(IReadOnlyList<TranscriptMessage> transcript)
    {
        var calls = CallsOf(transcript);
        if (calls.Exists(call => !call.IsAnswered && MayAnswer(call.From)))
            return null;
        if (calls.Exists(call => SessionId is null || call.From == SessionId))
            return new ApiError(ErrorCode.Conflict, "The function call has its answer already, or its run answers it");
        return SessionId is null ? null : new ApiError(ErrorCode.NotAuthorized, "No function call of this session waits for this answer");
    }

    private bool MayAnswer(string? from) => SessionId is null ? from != CallAnswerer.Server : from == SessionId;

    /// <summary>The calls that the answer may belong to. Each answer is for the newest call that has none.</summary>
    private List<Call> CallsOf(IReadOnlyList<TranscriptMessage> transcript)
    {
        var calls = new List<Call>();
        foreach (var message in transcript)
        {
            if (message.Activity is not { } activity)
                continue;
            if (activity.IsAnsweredBy(Activity))
                calls.Add(new Call(activity, message.AnswerFrom));
            else if (activity.Kind == ToolActivity.Response
                && calls.FindLast(call => !call.IsAnswered && call.Activity.IsAnsweredBy(activity)) is { } answered)
                answered.IsAnswered = true;
        }

        return calls;
    }

    private sealed class Call(ToolActivity activity, string? from)
    {
        public ToolActivity Activity => activity;

        public string? From => from;

        public bool IsAnswered { get; set; }
    }
}
