using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Converts the events of a run to updates of a response.</summary>
internal sealed class RunUpdates(string? conversationId, string? modelId, CallFunctions functions, bool withReasoning)
{
    private readonly List<Activity> _open = [];
    private string? _responseId;
    private string? _runId;
    private string? _instance;
    private string? _modelId = modelId;
    private UsageEventData? _usage;
    private int _message;
    private bool _hasText;
    private bool _hasReasoning;

    /// <summary>Gets whether the run has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Converts an event to an update of the response.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="runId">The id of the run; null when the server keeps no log of it.</param>
    public IEnumerable<ChatResponseUpdate> Read(RunEvent happened, string? runId)
    {
        _runId = runId;
        switch (happened)
        {
            case TokenEvent token:
                _hasText = true;
                return [Say(happened, new TextContent(token.Token))];
            case ReasoningTokenEvent token:
                _hasReasoning = true;
                return withReasoning ? [Say(happened, new TextReasoningContent(token.Token))] : [];
            case MessageEvent message:
                return ReadMessage(message);
            case CompleteBeginEvent begin:
                _instance ??= begin.Data.Instance;
                return [];
            case UsageEvent usage:
                _usage = usage.Data;
                _modelId ??= usage.Data.Model;
                return [];
            case ResultEvent result:
                IsOver = true;
                return ReadResult(result);
            default:
                return [];
        }
    }

    private List<ChatResponseUpdate> ReadMessage(MessageEvent message)
    {
        var data = message.Data;
        var updates = new List<ChatResponseUpdate>();
        if (data.Type == MessageType.Bot)
        {
            // Some texts are not written by the model and have no tokens.
            if (!_hasText && data.Text.Length > 0)
                updates.Add(Say(message, new TextContent(data.Text)));
            _hasText = false;
            _message++;
        }
        else if (data.Type == MessageType.Reasoning)
        {
            if (withReasoning && !_hasReasoning && data.Text.Length > 0)
                updates.Add(Say(message, new TextReasoningContent(data.Text)));
            _hasReasoning = false;
        }
        else if (data.Type == MessageType.Activity && Activity.Read(data.Meta, data.Id) is { } activity)
        {
            ReadActivity(message, activity with { Name = functions.Names.ToOwn(activity.Name) }, updates);
        }
        return updates;
    }

    private void ReadActivity(RunEvent happened, Activity activity, List<ChatResponseUpdate> updates)
    {
        if (!activity.IsResponse)
        {
            _open.Add(activity);
            // The end of the run shows whether the caller must answer. The run answers the other calls itself.
            if (!functions.IsLeftToCaller(activity.Name))
                updates.Add(Say(happened, activity.ToCall(informational: true)));
            return;
        }

        var index = _open.FindIndex(one => one.CallId == activity.CallId);
        if (index < 0)
            index = _open.FindIndex(one => one.Name == activity.Name && JsonElement.DeepEquals(one.Arguments, activity.Arguments));
        if (index < 0)
            return;
        var call = _open[index];
        _open.RemoveAt(index);
        if (functions.IsLeftToCaller(call.Name))
            updates.Add(Say(happened, call.ToCall(informational: true)));
        _message++;
        updates.Add(Say(happened, new FunctionResultContent(call.CallId, activity.Result), ChatRole.Tool));
        _message++;
    }

    private List<ChatResponseUpdate> ReadResult(ResultEvent result)
    {
        var updates = new List<ChatResponseUpdate>();
        var reason = result.Data.End?.Reason;
        var calls = reason is null || reason == EndReason.Activity ? _open.Where(call => functions.IsLeftToCaller(call.Name)).ToList() : [];
        updates.AddRange(calls.Select(call => Say(result, call.ToCall(informational: false))));

        var last = Say(result);
        // Data about the whole response belongs to none of its messages.
        (last.MessageId, last.Role) = (null, null);
        last.FinishReason = calls.Count > 0 ? ChatFinishReason.ToolCalls : ReasonOf(reason);
        if (UsageOf(result.Data.Usage) is { } usage)
            last.Contents.Add(new UsageContent(usage));
        if (_runId is not null)
            (last.AdditionalProperties ??= [])["runId"] = _runId;
        if (result.Data.Id is { } messageId)
            (last.AdditionalProperties ??= [])["messageId"] = messageId;
        updates.Add(last);
        return updates;
    }

    private UsageDetails? UsageOf(RunUsage? usage)
    {
        var input = usage?.InputTokens ?? _usage?.InputTokensUsed;
        var output = usage?.OutputTokens ?? _usage?.OutputTokensUsed;
        if (usage is null && input is null && output is null)
            return null;
        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output ?? usage?.Token,
        };
    }

    private ChatResponseUpdate Say(RunEvent happened, AIContent? content = null, ChatRole? role = null)
    {
        _responseId ??= _runId ?? _instance ?? Guid.NewGuid().ToString("N");
        return new ChatResponseUpdate(role ?? ChatRole.Assistant, content is null ? [] : [content])
        {
            ResponseId = _responseId,
            MessageId = $"{_responseId}-{_message}",
            ConversationId = conversationId,
            ModelId = _modelId,
            CreatedAt = happened.CreatedAt,
            RawRepresentation = happened,
        };
    }

    private static ChatFinishReason? ReasonOf(EndReason? reason) => reason switch
    {
        null => null,
        { } one when one == EndReason.Stop || one == EndReason.Activity => ChatFinishReason.Stop,
        { } one when one == EndReason.Length => ChatFinishReason.Length,
        { } one => new ChatFinishReason(one.Value),
    };
}
