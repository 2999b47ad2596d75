using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Finds contacts by their fingerprint, and creates missing ones.</summary>
internal sealed class ContactEnsuring(ResourceKinds kinds, ResourceEdit edit, ContactStore contacts, TimeProvider time)
{
    /// <summary>
    /// Finds the contact of the account with the fingerprint, and does not change it. A new contact counts as verified. Of several
    /// concurrent requests one creates the contact, and the others find it.
    /// </summary>
    /// <exception cref="ApiException">400: a field is invalid.</exception>
    public async Task<IdResponse> EnsureAsync(
        ContactEnsureRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var kind = kinds.Find(ContactKind.Name)!;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var fields = FieldsOf(request);
        fields.TryAdd("verifiedAt", now);
        var id = Ids.New(now);
        var faults = new Faults();
        // The kit treats an empty fingerprint as a missing one.
        if (request.Fingerprint.Length == 0)
            faults.CheckFingerprint(request.Fingerprint);
        var content = edit.Create(kind, id, parentId: null, fields, faults);
        faults.ThrowIfAny();
        var row = ResourceWriter.RowOf(kind, id, caller.AccountId, parentId: null, content, now);
        return new IdResponse { Id = await contacts.EnsureAsync(row, found => call.Answered(new IdResponse { Id = found }), cancellationToken) };
    }

    private static JsonObject FieldsOf(ContactEnsureRequest request)
    {
        var fields = JsonSerializer.SerializeToNode(request, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(ContactEnsureRequest)))!.AsObject();
        return new JsonObject(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }
}
