using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>The declaration of a kind with its records.</summary>
/// <typeparam name="TItem">The item in the responses of fetch and list.</typeparam>
/// <typeparam name="TCreate">The body of a create request.</typeparam>
/// <typeparam name="TUpdate">The body of an update request.</typeparam>
internal sealed class ResourceKind<TItem, TCreate, TUpdate>(string name, string path) : ResourceKind(name, path)
    where TItem : class
    where TCreate : class
    where TUpdate : class
{
    /// <summary>Checks an item as it will be after the request, after the checks that all kinds share.</summary>
    public Action<TItem, ResourceCheck>? CheckItem { get; init; }

    public override ResourceTypes Types => new(typeof(TItem), typeof(ListResponse<TItem>), typeof(TCreate), typeof(TUpdate));

    public override async ValueTask<ResourceBody> ReadCreateAsync(HttpContext context)
    {
        var body = await JsonBodyReader.ReadAsync<TCreate>(context, maxBytes: null, context.RequestAborted, Rename());
        return new ResourceBody(CreatedFields(body.Value), body.Hash);
    }

    public override async ValueTask<ResourceBody> ReadUpdateAsync(HttpContext context)
    {
        var body = await JsonBodyReader.ReadAsync<TUpdate>(context, maxBytes: null, context.RequestAborted, Rename());
        return new ResourceBody(UpdatedFields(body.Value), body.Hash);
    }

    public override JsonObject ReadFields(JsonObject body, bool isUpdate)
    {
        var json = ResourceEdit.Write(body);
        return isUpdate
            ? UpdatedFields(JsonBodyReader.Parse(json, (JsonTypeInfo<TUpdate>)UpdateType))
            : CreatedFields(JsonBodyReader.Parse(json, (JsonTypeInfo<TCreate>)CreateType));
    }

    public override byte[] Check(JsonObject document, ResourceCheck check)
    {
        var item = (TItem)document.Deserialize(StoredType)!;
        CheckItem?.Invoke(item, check);
        return JsonSerializer.SerializeToUtf8Bytes(item, StoredType);
    }

    private JsonObject CreatedFields(TCreate body)
    {
        var fields = JsonSerializer.SerializeToNode(body, CreateType)!.AsObject();
        // A null in a create request has nothing to clear.
        foreach (var (field, value) in fields.ToArray())
        {
            if (value is null)
                fields.Remove(field);
        }

        return fields;
    }

    private JsonObject UpdatedFields(TUpdate body)
    {
        var fields = JsonSerializer.SerializeToNode(body, UpdateType)!.AsObject();
        // For a property that does not distinguish null from absent, null means absent.
        foreach (var property in UpdateType.Properties)
        {
            if (!ResourceFields.IsOptional(property) && fields.TryGetPropertyValue(property.Name, out var value) && value is null)
                fields.Remove(property.Name);
        }

        return fields;
    }

    private Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Rename() =>
        Fields.OtherNames.Count == 0 ? null : Fields.Rename;
}
