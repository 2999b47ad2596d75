using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Contacts;

/// <summary>Finds contacts by their fingerprint, or makes them.</summary>
internal sealed class ContactEnsuring(ResourceKinds kinds, ResourceEdit edit, ContactStore contacts, TimeProvider time)
{
    /// <summary>
    /// Finds the contact of the account that has the fingerprint, which stays as it is; one that is made counts as verified. Of several
    /// requests at the same time one makes the contact, and the others find it.
    /// </summary>
    /// <exception cref="ApiException">400: fields that can't be used.</exception>
    public async Task<IdResponse> EnsureAsync(
        ContactEnsureRequest request, Caller caller, IdempotentCall call, CancellationToken cancellationToken)
    {
        var kind = kinds.Find(ContactKind.Name)!;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var fields = FieldsOf(request);
        fields.TryAdd("verifiedAt", now);
        var id = Ids.New(now);
        var faults = new Faults();
        // The kit takes an empty one for none.
        if (request.Fingerprint.Length == 0)
            faults.CheckFingerprint(request.Fingerprint);
        var content = edit.Create(kind, id, parentId: null, fields, faults);
        faults.ThrowIfAny();
        var row = ResourceHandlers.RowOf(kind, id, caller.AccountId, parentId: null, content, now);
        return new IdResponse { Id = await contacts.EnsureAsync(row, found => call.Answered(new IdResponse { Id = found }), cancellationToken) };
    }

    private static JsonObject FieldsOf(ContactEnsureRequest request)
    {
        var fields = JsonSerializer.SerializeToNode(request, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(ContactEnsureRequest)))!.AsObject();
        return new JsonObject(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }
}
