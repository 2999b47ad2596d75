using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Contacts;

internal static class ContactMapping
{
    /// <summary>Creates a new contact.</summary>
    public static ContactItem ToItem(this ContactDetails details, string id, DateTimeOffset now) => new()
    {
        Id = id,
        Name = details.Name ?? "",
        Description = details.Description ?? "",
        Fingerprint = details.Fingerprint,
        Email = details.Email,
        Phone = details.Phone,
        Nick = details.Nick,
        VerifiedAt = details.IsVerified ? now : null,
        Meta = NewMeta(details),
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>Returns the contact with the new details. No existing detail is cleared.</summary>
    /// <exception cref="ApiException">400: the <c>meta</c> has become too large.</exception>
    public static ContactItem With(this ContactItem contact, ContactDetails details, DateTimeOffset now) => contact with
    {
        VerifiedAt = contact.VerifiedAt ?? (details.IsVerified ? now : null),
        Name = Given(details.Name) ?? contact.Name,
        Description = Given(details.Description) ?? contact.Description,
        Email = Given(details.Email) ?? contact.Email,
        Phone = details.Phone ?? contact.Phone,
        Nick = Given(details.Nick) ?? contact.Nick,
        Meta = details.Meta is { } meta ? MetaJson.Merge(contact.Meta, meta) : contact.Meta,
    };

    /// <summary>Returns the contact with the missing details. No existing detail is changed.</summary>
    public static ContactItem FilledWith(this ContactItem contact, ContactDetails details) => contact with
    {
        Name = Given(contact.Name) ?? details.Name ?? "",
        Description = Given(contact.Description) ?? details.Description ?? "",
        Email = Given(contact.Email) ?? Given(details.Email),
        Phone = Given(contact.Phone) ?? details.Phone,
        Nick = Given(contact.Nick) ?? Given(details.Nick),
        Meta = contact.Meta ?? NewMeta(details),
    };

    public static ContactItem ToContact(this ResourceRow row)
    {
        var document = ResourceEdit.Read(row.Data);
        document[ResourceFields.Id] = row.Id;
        document[ResourceFields.CreatedAt] = row.CreatedAt;
        document[ResourceFields.UpdatedAt] = row.UpdatedAt;
        return (ContactItem)document.Deserialize(ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(ContactItem)))!;
    }

    /// <summary>Converts a contact to its document, as the kit stores it.</summary>
    public static byte[] ToDocument(this ContactItem contact)
    {
        var document = JsonSerializer.SerializeToNode(contact, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(ContactItem)))!.AsObject();
        foreach (var field in ResourceFields.OfRow)
            document.Remove(field);
        return ResourceEdit.Write(document);
    }

    private static JsonObject? NewMeta(ContactDetails details) => details.Meta is { } meta ? MetaJson.Put(null, meta) : null;

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
