using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// Keeps credentials out of documents. Each credential is encrypted separately and bound to its resource and field, so that one can
/// be replaced without decrypting the others.
/// </summary>
internal sealed class ResourceSecrets(Lazy<IDataProtectionProvider> protection)
{
    private const string Purpose = "Resources";

    /// <summary>
    /// Moves the credentials out of a document to which a request was applied. A mask keeps the stored credential, null and an
    /// empty text clear it, and any other text is a new credential.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id of the resource.</param>
    /// <param name="document">The document, in which masks replace the credentials.</param>
    /// <param name="stored">The stored credentials; null for none.</param>
    /// <returns>The credentials to store; null for none.</returns>
    public byte[]? Take(ResourceKind kind, string id, JsonObject document, byte[]? stored)
    {
        if (kind.Secrets.Count == 0)
            return stored;
        var values = Read(stored);
        foreach (var secret in kind.Secrets)
        {
            if (HolderOf(document, secret.Field, out var name) is not { } holder)
            {
                values.Remove(secret.Field);
                continue;
            }

            var given = holder[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
            if (string.IsNullOrEmpty(given) || (given == ResourceSecret.Mask && !values.ContainsKey(secret.Field)))
                values.Remove(secret.Field);
            else if (given != ResourceSecret.Mask)
                values[secret.Field] = Protector(id, secret.Field).Protect(given);
            Show(kind, holder, name, secret.Field, values.ContainsKey(secret.Field));
        }

        return Write(values);
    }

    /// <summary>
    /// Replaces one credential, also one that no field of the kind has. Requests neither see nor change such a credential.
    /// </summary>
    /// <param name="row">The resource.</param>
    /// <param name="field">The name of the credential.</param>
    /// <param name="value">The new credential; null to remove it.</param>
    /// <returns>The credentials to store; null for none.</returns>
    public byte[]? With(ResourceRow row, string field, string? value)
    {
        var values = Read(row.Secrets);
        if (value is null)
            values.Remove(field);
        else
            values[field] = Protector(row.Id, field).Protect(value);
        return Write(values);
    }

    /// <summary>Adds a mask for each stored credential that items do not show, so that a request without the field keeps it.</summary>
    public static void Mask(ResourceKind kind, JsonObject document, byte[]? stored)
    {
        if (stored is null)
            return;
        var values = Read(stored);
        foreach (var secret in kind.Secrets)
        {
            if (values.ContainsKey(secret.Field) && !secret.Field.Contains('.', StringComparison.Ordinal) && !kind.Fields.Has(secret.Field))
                document[secret.Field] = ResourceSecret.Mask;
        }
    }

    /// <summary>Decrypts a credential; null when there is none.</summary>
    /// <exception cref="CryptographicException">The key with which it was encrypted is missing.</exception>
    public string? Reveal(ResourceRow row, string field) =>
        Read(row.Secrets)[field] is { } value ? Protector(row.Id, field).Unprotect(value.GetValue<string>()) : null;

    /// <summary>
    /// Returns a resource as its owner sees it, with the credentials that the server generated. A credential whose key is missing
    /// stays masked, so that the others can be read.
    /// </summary>
    public ResourceRow ShowMade(ResourceKind kind, ResourceRow row)
    {
        if (row.Secrets is null || !kind.Secrets.Any(secret => secret.IsServerMade))
            return row;
        var document = ResourceEdit.Read(row.Data);
        foreach (var secret in kind.Secrets.Where(secret => secret.IsServerMade))
        {
            try
            {
                document[secret.Field] = Reveal(row, secret.Field);
            }
            catch (CryptographicException)
            {
                document[secret.Field] = ResourceSecret.Mask;
            }
        }

        return row with { Data = ResourceEdit.Write(document) };
    }

    private static void Show(ResourceKind kind, JsonObject holder, string name, string field, bool isSet)
    {
        if (isSet && (field != name || kind.Fields.Has(name)))
            holder[name] = ResourceSecret.Mask;
        else if (field == name && kind.Fields.Has(name))
            holder[name] = null;
        else
            holder.Remove(name);
    }

    /// <summary>Returns the object that contains a field such as <c>config.clientSecret</c>; null when there is none.</summary>
    private static JsonObject? HolderOf(JsonObject document, string field, out string name)
    {
        var parts = field.Split('.');
        name = parts[^1];
        JsonObject? holder = document;
        foreach (var part in parts.AsSpan(..^1))
            holder = holder?[part] as JsonObject;
        return holder;
    }

    private static JsonObject Read(byte[]? stored) => stored is null ? [] : JsonNode.Parse(stored)!.AsObject();

    private static byte[]? Write(JsonObject values) =>
        values.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(values, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(JsonObject)));

    private IDataProtector Protector(string id, string field) => protection.Value.CreateProtector(Purpose, id, field);
}
