using System.Text;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Converts the messages of a call to those of the API.</summary>
internal sealed class Transcript
{
    /// <summary>The name of the system role for newer models.</summary>
    private static readonly ChatRole Developer = new("developer");

    private readonly Dictionary<string, FunctionCallContent> _calls = new(StringComparer.Ordinal);
    private readonly FunctionNames _names;
    private readonly bool _onlyNew;

    /// <param name="messages">All messages of the caller.</param>
    /// <param name="options">The options of the call. Its instructions are put before the system messages.</param>
    /// <param name="names">The names of functions on the wire.</param>
    /// <param name="onlyNew">Whether to leave out messages that the API has already stored.</param>
    public Transcript(IReadOnlyList<ChatMessage> messages, ChatOptions? options, FunctionNames names, bool onlyNew)
    {
        _names = names;
        var leading = messages.TakeWhile(IsOrder).ToList();
        string?[] orders = [options?.Instructions, .. leading.Select(TextOf), ResponseFormatText.Of(options?.ResponseFormat)];
        var text = string.Join("\n\n", orders.Where(order => !string.IsNullOrWhiteSpace(order)));
        Instructions = text.Length > 0 ? text : null;

        var rest = messages.Skip(leading.Count).ToList();
        foreach (var call in rest.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
            _calls[call.CallId] = call;
        _onlyNew = onlyNew;
        Messages = onlyNew ? [.. rest.Skip(rest.FindLastIndex(message => message.Role == ChatRole.Assistant) + 1)] : rest;
    }

    /// <summary>Gets the backstory for the model; null for none.</summary>
    public string? Instructions { get; }

    /// <summary>Gets the messages after the instructions.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Gets the results whose calls are not among the messages.</summary>
    public IEnumerable<string> UnknownCalls => Messages.SelectMany(message => message.Contents)
        .OfType<FunctionResultContent>()
        .Select(result => result.CallId)
        .Where(callId => !_calls.ContainsKey(callId));

    /// <summary>Collects the files of the user's messages. The API takes them in the request, not in a message.</summary>
    public IEnumerable<string> Attachments => Messages
        .Where(message => message.Role == ChatRole.User)
        .SelectMany(message => message.Contents)
        .Select(AddressOf)
        .OfType<string>();

    public void AddCall(FunctionCallContent call) => _calls.TryAdd(call.CallId, call);

    /// <summary>Converts the messages to those of the API.</summary>
    /// <exception cref="NotSupportedException">A message has a role or a content that cannot be sent.</exception>
    /// <exception cref="ArgumentException">A message has a function result whose call is in no message.</exception>
    public IEnumerable<ConversationMessage> ToConversation() => Messages.SelectMany(ToConversation);

    private static bool IsOrder(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;

    private static string TextOf(ChatMessage message)
    {
        if (message.Contents.FirstOrDefault(content => content is not TextContent && !IsNote(content)) is { } other)
            throw CannotSend(message.Role, other);
        return message.Text;
    }

    private IEnumerable<ConversationMessage> ToConversation(ChatMessage message)
    {
        var type = TypeOf(message.Role);
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            if (content is TextContent said)
            {
                // The API has no messages of tools, and a message of the user would attribute the text to the wrong author.
                text.Append(message.Role != ChatRole.Tool || said.Text.Length == 0 ? said.Text : throw CannotSend(message.Role, content));
                continue;
            }
            // Text before a call is put before it.
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
        FunctionCallContent call => Note(Activity.Request(call, _names.ToSent(call.Name))),
        FunctionResultContent result => Answer(result),
        TextReasoningContent { Text.Length: > 0 } reasoning => new ConversationMessage { Type = MessageType.Reasoning, Text = reasoning.Text },
        // A history may come from another provider, whose model produces more than text.
        _ when role == ChatRole.Assistant || IsNote(content) => null,
        _ when role == ChatRole.User && AddressOf(content) is not null => null,
        _ => throw CannotSend(role, content),
    };

    /// <summary>Whether a content only describes a message and has no text of its own.</summary>
    private static bool IsNote(AIContent content) => content is UsageContent or TextReasoningContent { Text.Length: 0 };

    private static NotSupportedException CannotSend(ChatRole role, AIContent content) =>
        new($"A message of the role {role} has a {content.GetType().Name}, which cannot be sent.");

    private ConversationMessage? Answer(FunctionResultContent result)
    {
        if (!_calls.TryGetValue(result.CallId, out var call))
            throw new ArgumentException($"A message has the result of the call {result.CallId}, but no message has that call.");
        // The run stores the calls that it answered itself.
        return _onlyNew && call.InformationalOnly ? null : Note(Activity.Response(call, _names.ToSent(call.Name), result.Result));
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
        : role == ChatRole.System || role == Developer ? MessageType.Instruction
        : role == ChatRole.User || role == ChatRole.Tool ? MessageType.User
        : throw new NotSupportedException($"The API has no messages of the role {role}.");

    private static string? AddressOf(AIContent content) => content switch
    {
        UriContent uri => uri.Uri.AbsoluteUri,
        DataContent data => data.Uri,
        _ => null,
    };
}
