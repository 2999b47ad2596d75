using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Features.Conversations.Sessions.Visitors;
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
    /// <param name="request">The body.</param>
    /// <param name="isOwner">Whether the caller owns the bot. Only the owner can make a session more powerful than the default.</param>
    /// <param name="maxSeconds">The maximum duration that the server allows.</param>
    /// <exception cref="ApiException">400 with every fault.</exception>
    public static BotSessionRequest From(BotSessionCreateRequest request, bool isOwner, int maxSeconds)
    {
        var faults = new Faults();
        faults.CheckFirstMessages(request.Messages);
        faults.CheckVisitor(request.Contact);
        faults.CheckMeta(request.Meta);
        if (!isOwner)
            RefuseOwnersFields(request, faults);
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
        return new BotSessionRequest(terms, VisitorFields.DetailsOf(request.Contact), request.Messages, request.Meta);
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
