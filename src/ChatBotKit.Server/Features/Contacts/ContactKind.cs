using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactKind
{
    public const string Name = ContactQueries.Kind;

    public static ResourceKind Create() => new ResourceKind<ContactItem, ContactCreateRequest, ContactUpdateRequest>(Name, "/contact")
    {
        KeyField = ContactRules.Fingerprint,
        Limits = new Dictionary<string, int>
        {
            [ContactRules.Fingerprint] = FieldRules.MaxNameBytes,
            ["email"] = FieldRules.MaxNameBytes,
            ["phone"] = FieldRules.MaxNameBytes,
            ["nick"] = FieldRules.MaxNameBytes,
        },
        Normalize = ContactRules.Normalize,
        CheckItem = ContactRules.Check,
        NamedBy = [ConversationTable.Contact, RatingTable.Contact],
        // Deleting a contact also ends its sessions.
        Except = [ResourceVerb.Delete],
    };
}
