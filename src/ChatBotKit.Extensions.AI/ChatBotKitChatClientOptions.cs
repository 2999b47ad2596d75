using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>
/// The bot, model or conversation that answers the calls of a <see cref="ChatBotKitChatClient"/>. The
/// <see cref="ChatOptions"/> of a call take precedence.
/// </summary>
public sealed record ChatBotKitChatClientOptions
{
    /// <summary>Gets the bot that answers calls without a conversation, by id or alias; null for none.</summary>
    public string? BotId { get; init; }

    /// <summary>
    /// Gets the stored conversation that the calls belong to. <see cref="ChatOptions.ConversationId"/> takes its place;
    /// null sends all messages with every call and stores nothing.
    /// </summary>
    public string? ConversationId { get; init; }

    /// <summary>
    /// Gets the model of calls without a conversation; null leaves it to the bot or the server. A name may hold slashes and
    /// be followed by settings, as in <c>qwen/qwen3/temperature=0.2</c>. <see cref="ChatOptions.ModelId"/> takes its place.
    /// A stored conversation keeps its own model.
    /// </summary>
    public string? ModelId { get; init; }

    /// <summary>Gets when functions are called. Default: after the run.</summary>
    public FunctionAnswers FunctionAnswers { get; init; }

    /// <summary>Gets the services that functions are given that the client calls itself; null for none.</summary>
    public IServiceProvider? FunctionServices { get; init; }

    /// <summary>
    /// Gets whether a run in a stored conversation goes on when its reader cancels or leaves. Default: false, it is ended
    /// and what was said so far is stored.
    /// </summary>
    public bool ContinueWhenLeft { get; init; }
}
