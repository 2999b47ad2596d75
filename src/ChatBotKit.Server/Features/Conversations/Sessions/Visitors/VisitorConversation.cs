using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Contacts;

namespace ChatBotKit.Server.Features.Conversations.Sessions.Visitors;

/// <summary>The checked request for a conversation with a bot.</summary>
internal sealed record VisitorConversation
{
    /// <summary>The account that owns the bot, and the conversation.</summary>
    public required string AccountId { get; init; }

    public required string BotId { get; init; }

    /// <summary>The <c>meta</c> of the conversation, as JSON text.</summary>
    public required string Meta { get; init; }

    public required SessionTerms Terms { get; init; }

    /// <summary>The details of the visitor; null when they are not enough to know a person by.</summary>
    public ContactDetails? Contact { get; init; }

    /// <summary>The first messages, in order.</summary>
    public IReadOnlyList<ConversationMessage> Messages { get; init; } = [];
}

/// <summary>The session of a new conversation.</summary>
/// <param name="Row">The session.</param>
/// <param name="Minted">Its token, and the times until which it is valid.</param>
/// <param name="Messages">The stored messages of the conversation.</param>
internal sealed record VisitorSession(SessionRow Row, SessionCreateResponse Minted, IReadOnlyList<MessageRow> Messages);
