using System.Text.Json.Nodes;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations.Messages;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Bots.Sessions;

/// <summary>The checked body of a request for a session with a bot.</summary>
/// <param name="Terms">The terms of the session.</param>
/// <param name="Contact">The details of the visitor; null when they are not enough to know a person by.</param>
/// <param name="Messages">The first messages of the conversation; null for none.</param>
/// <param name="Meta">The <c>meta</c> of the conversation, without the keys of the server.</param>
internal sealed record BotSessionRequest(
    SessionTerms Terms, ContactDetails? Contact, IReadOnlyList<ConversationMessage>? Messages, JsonObject? Meta)
{
    /// <summary>The maximum number of first messages.</summary>
    public const int MaxMessages = 100;

    /// <param name="request">The body.</param>
    /// <param name="isOwner">Whether the caller owns the bot. Only the owner can make a session more powerful than the default.</param>
    /// <param name="maxSeconds">The maximum duration that the server allows.</param>
    /// <exception cref="ApiException">400 with every fault.</exception>
    public static BotSessionRequest From(BotSessionCreateRequest request, bool isOwner, int maxSeconds)
    {
        var faults = new Faults();
        CheckMessages(request.Messages, faults);
        faults.CheckMeta(request.Meta);
        if (!isOwner)
            RefuseOwnersFields(request, faults);
        if (request.Contact?.Fingerprint is not null)
            faults.Add("\"contact.fingerprint\" is not allowed, because the contact is not verified");
        var asked = new SessionCreateRequest
        {
            DurationInSeconds = request.DurationInSeconds,
            Refreshable = request.Refreshable,
            LifetimeInSeconds = request.LifetimeInSeconds,
            Permissions = request.Permissions,
            Origins = request.Origins,
            Limits = request.Limits,
        };
        var terms = SessionTerms.From(asked, maxSeconds, faults);
        return new BotSessionRequest(terms, ContactOf(request.Contact), request.Messages, request.Meta);
    }

    /// <summary>Creates the rows of the first messages.</summary>
    public List<MessageRow> ToRows(string conversationId, long now) =>
        [.. (Messages ?? []).Select((message, index) => message.ToRow(conversationId, position: index + 1, createdAt: now + index))];

    /// <summary>Returns the <c>meta</c> of the conversation with a bot, as JSON text.</summary>
    public string MetaWith(string botId)
    {
        var meta = Meta is null ? [] : MetaJson.Put(null, Meta);
        meta["app"] = "bot";
        meta["botId"] = botId;
        return meta.ToJsonString(ChatBotKitJson.ServerOptions);
    }

    /// <summary>
    /// Returns the details of the visitor. A name alone identifies nobody, so it is ignored without an e-mail address or a phone number.
    /// </summary>
    private static ContactDetails? ContactOf(ContactUpsertRequest? contact) =>
        contact is null || (string.IsNullOrEmpty(contact.Email) && string.IsNullOrEmpty(contact.Phone))
            ? null
            : ContactDetails.From(contact, isTrusted: false, "contact.");

    private static void CheckMessages(IReadOnlyList<ConversationMessage>? messages, Faults faults)
    {
        if (messages?.Count > MaxMessages)
            faults.Add($"\"messages\" may not have more than {MaxMessages} messages");
        for (var i = 0; i < Math.Min(messages?.Count ?? 0, MaxMessages) && !faults.IsFull; i++)
        {
            var (message, field) = (messages![i], $"messages[{i}]");
            if (message is null)
            {
                faults.Add($"\"{field}\" must not be null");
                continue;
            }

            if (message.Type != MessageType.User)
                faults.Add($"\"{field}.type\" must be user");
            faults.CheckText(message.Text, $"{field}.text");
            faults.CheckName(message.Name, $"{field}.name");
            faults.CheckDescription(message.Description, $"{field}.description");
            faults.CheckMeta(message.Meta, $"{field}.meta");
        }
    }

    private static void RefuseOwnersFields(BotSessionCreateRequest request, Faults faults)
    {
        (string Field, bool IsGiven)[] fields =
        [
            ("refreshable", request.Refreshable is true), ("lifetimeInSeconds", request.LifetimeInSeconds is not null),
            ("permissions", request.Permissions is not null), ("limits", request.Limits is not null),
        ];
        foreach (var (field, _) in fields.Where(field => field.IsGiven))
            faults.Add($"\"{field}\" is only allowed with an API token of the bot's owner");
    }
}
