using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A message that answers a function call.</summary>
/// <param name="Activity">The answer.</param>
/// <param name="SessionId">The session that gives it; null for the owner.</param>
internal sealed record CallAnswer(ToolActivity Activity, string? SessionId)
{
    /// <summary>
    /// Checks whether the answer is allowed. A session may answer only the calls of its own runs. The owner may answer every call
    /// that the run does not answer itself. A call can have only one answer.
    /// </summary>
    /// <param name="transcript">The earlier messages, oldest first.</param>
    /// <returns>
    /// 403 when it is not a call of this session; 409 when the call has an answer, or its run gives it; null when the answer is
    /// allowed.
    /// </returns>
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

    /// <summary>Returns the calls that the answer may belong to. Each answer belongs to the newest matching call that has none.</summary>
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
