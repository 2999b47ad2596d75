using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Contacts;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Conversations.Sessions.Visitors;

/// <summary>The fields that requests for conversations of visitors have in common.</summary>
internal static class VisitorFields
{
    /// <summary>The maximum number of first messages.</summary>
    public const int MaxMessages = 100;

    /// <summary>Checks the first messages. A visitor speaks only for the user.</summary>
    public static void CheckFirstMessages(this Faults faults, IReadOnlyList<ConversationMessage>? messages)
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

    /// <summary>Checks that the details of a visitor do not claim to be verified.</summary>
    public static void CheckVisitor(this Faults faults, ContactUpsertRequest? contact)
    {
        if (contact?.Fingerprint is not null)
            faults.Add("\"contact.fingerprint\" is not allowed, because the contact is not verified");
    }

    /// <summary>
    /// Returns the details of the visitor. A name alone identifies nobody, so it is ignored without an e-mail address or a phone number.
    /// </summary>
    /// <exception cref="ApiException">400: the details are invalid.</exception>
    public static ContactDetails? DetailsOf(ContactUpsertRequest? contact) =>
        contact is null || (string.IsNullOrEmpty(contact.Email) && string.IsNullOrEmpty(contact.Phone))
            ? null
            : ContactDetails.From(contact, isTrusted: false, "contact.");

    /// <summary>Returns the <c>meta</c> of the conversation as JSON text: that of the request and the keys of the server, which win.</summary>
    public static string MetaOf(JsonObject? given, string app, string idField, string id)
    {
        var meta = given is null ? [] : MetaJson.Put(null, given);
        meta["app"] = app;
        meta[idField] = id;
        return meta.ToJsonString(ChatBotKitJson.ServerOptions);
    }
}
