using System.Text;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>The messages of a call in the words of the API.</summary>
internal sealed class Transcript
{
    private readonly Dictionary<string, FunctionCallContent> _calls = new(StringComparer.Ordinal);
    private readonly bool _onlyNew;

    /// <param name="messages">Everything that the caller gave.</param>
    /// <param name="instructions">What comes before the system messages; null for nothing.</param>
    /// <param name="onlyNew">Whether to leave out what the API has stored already.</param>
    public Transcript(IReadOnlyList<ChatMessage> messages, string? instructions, bool onlyNew)
    {
        var leading = messages.TakeWhile(message => message.Role == ChatRole.System).ToList();
        string?[] orders = [instructions, .. leading.Select(message => message.Text)];
        var text = string.Join("\n\n", orders.Where(order => !string.IsNullOrWhiteSpace(order)));
        Instructions = text.Length > 0 ? text : null;

        var rest = messages.Skip(leading.Count).ToList();
        foreach (var call in rest.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
            _calls[call.CallId] = call;
        _onlyNew = onlyNew;
        Messages = onlyNew ? [.. rest.Skip(rest.FindLastIndex(message => message.Role == ChatRole.Assistant) + 1)] : rest;
    }

    /// <summary>What the model is told beforehand; null for nothing.</summary>
    public string? Instructions { get; }

    /// <summary>The messages behind the instructions.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The answers whose calls the caller did not give along.</summary>
    public IEnumerable<string> UnknownCalls => Messages.SelectMany(message => message.Contents)
        .OfType<FunctionResultContent>()
        .Select(result => result.CallId)
        .Where(callId => !_calls.ContainsKey(callId));

    /// <summary>Files of the user's messages; where they are belongs to the request, not to a message.</summary>
    public IEnumerable<string> Attachments => Messages
        .Where(message => message.Role == ChatRole.User)
        .SelectMany(message => message.Contents)
        .Select(AddressOf)
        .OfType<string>();

    public void AddCall(FunctionCallContent call) => _calls.TryAdd(call.CallId, call);

    /// <summary>The messages as the API takes them.</summary>
    /// <exception cref="ArgumentException">A message holds something that cannot be sent.</exception>
    public IEnumerable<ConversationMessage> ToConversation() => Messages.SelectMany(ToConversation);

    private IEnumerable<ConversationMessage> ToConversation(ChatMessage message)
    {
        var type = TypeOf(message.Role);
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            if (content is TextContent said)
            {
                text.Append(said.Text);
                continue;
            }
            // What was said before a call stands before it.
            if (Special(message.Role, content) is not { } special)
                continue;
            if (text.Length > 0)
                yield return Say(type, text);
            yield return special;
        }
        if (text.Length > 0)
            yield return Say(type, text);
    }

    private ConversationMessage? Special(ChatRole role, AIContent content) => content switch
    {
        FunctionCallContent call => Note(Activity.Request(call)),
        FunctionResultContent result => Answer(result),
        TextReasoningContent { Text.Length: > 0 } reasoning => new ConversationMessage { Type = MessageType.Reasoning, Text = reasoning.Text },
        _ when role != ChatRole.User || AddressOf(content) is not null => null,
        _ => throw new ArgumentException($"A message of the user holds a {content.GetType().Name}, which cannot be sent."),
    };

    private ConversationMessage? Answer(FunctionResultContent result)
    {
        if (!_calls.TryGetValue(result.CallId, out var call))
            throw new ArgumentException($"A message holds the result of the call {result.CallId}, but no message holds that call.");
        // What the run has answered itself is stored with it.
        return _onlyNew && call.InformationalOnly ? null : Note(Activity.Response(call, result.Result));
    }

    private static ConversationMessage Note(System.Text.Json.Nodes.JsonObject meta) =>
        new() { Type = MessageType.Activity, Text = "", Meta = meta };

    private static ConversationMessage Say(MessageType type, StringBuilder text)
    {
        var message = new ConversationMessage { Type = type, Text = text.ToString() };
        text.Clear();
        return message;
    }

    private static MessageType TypeOf(ChatRole role) =>
        role == ChatRole.Assistant ? MessageType.Bot
        : role == ChatRole.System ? MessageType.Instruction
        : MessageType.User;

    private static string? AddressOf(AIContent content) => content switch
    {
        UriContent uri => uri.Uri.AbsoluteUri,
        DataContent data => data.Uri,
        _ => null,
    };
}
