using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ChatBotKit.Server.Changes;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// The declaration of a kind of resources, from which the kit derives routes, checks, lists and storage. Fields of all kinds, such
/// as <c>alias</c>, <c>name</c>, <c>blueprintId</c>, <c>visibility</c> and <c>meta</c>, are not declared.
/// </summary>
/// <param name="name">The name in the store, in events and in messages, such as <c>bot</c> or <c>integration.slack</c>.</param>
/// <param name="path">The path of its operations, such as <c>/bot</c> or <c>/skillset/{skillsetId}/ability</c>.</param>
internal abstract class ResourceKind(string name, string path)
{
    /// <summary>The kind that resources of most other kinds can be part of.</summary>
    public const string Blueprint = "blueprint";

    public string Name => name;

    public string Path => path;

    /// <summary>The name in sentences: <c>Bot</c>, <c>Slack integration</c>.</summary>
    public string Title { get; } = TitleOf(name);

    /// <summary>The kind of the parent; null for kinds without one.</summary>
    public string? Parent { get; init; }

    /// <summary>The parameter of <see cref="Path"/> with the id of the parent, which is also a field of the item if it has one.</summary>
    public string? ParentParameter { get; } = path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? path[(at + 1)..path.IndexOf('}', StringComparison.Ordinal)] : null;

    /// <summary>Whether <see cref="ParentParameter"/> is the id of a user of the caller, to whose account the resources belong.</summary>
    public bool IsOfUser { get; init; }

    /// <summary>Whether create responds with the whole item instead of its id.</summary>
    public bool IsAnsweredWhole { get; init; }

    /// <summary>
    /// The field by which a resource can be addressed in addition to its id, unique among those of its owner; null for none.
    /// </summary>
    public string? KeyField { get; init; } = "alias";

    /// <summary>The fields that refer to other resources, in addition to <c>blueprintId</c>.</summary>
    public IReadOnlyList<ResourceReference> References { get; init; } = [];

    /// <summary>The fields with credentials.</summary>
    public IReadOnlyList<ResourceSecret> Secrets { get; init; } = [];

    /// <summary>The values of fields that a request does not set, or sets to null.</summary>
    public JsonObject Defaults { get; init; } = [];

    /// <summary>The maximum sizes of texts and free-form JSON in bytes; the default is 65,535, and 191 for <c>name</c>.</summary>
    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>();

    /// <summary>The fields by which lists can be filtered, in addition to references.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Alternative names of fields in requests, each with the actual name.</summary>
    public IReadOnlyDictionary<string, string> OtherNames { get; init; } = new Dictionary<string, string>();

    /// <summary>A field whose value must be unique on the whole server, which an index of the schema enforces; null for none.</summary>
    public string? UniqueField { get; init; }

    /// <summary>
    /// The field with the time after which a resource no longer exists; null for none. Lists and requests by id leave out expired
    /// resources, and <see cref="ResourceExpiryWork"/> deletes them.
    /// </summary>
    public string? ExpiresBy { get; init; }

    /// <summary>Fields of requests that are accepted but have no effect.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Fields that a clone does not get, in addition to alias, blueprint, visibility and credentials.</summary>
    public IReadOnlyList<string> LostByClone { get; init; } = [];

    /// <summary>Operations of the published API that this kind implements itself, or not at all.</summary>
    public IReadOnlyList<ResourceVerb> Except { get; init; } = [];

    /// <summary>Normalizes the fields of a document before they are checked.</summary>
    public Action<JsonObject>? Normalize { get; init; }

    /// <summary>
    /// Sets fields of a document that follow from others, before it is checked: the others may be invalid.
    /// </summary>
    public Action<JsonObject, ResourceCheck>? Derive { get; init; }

    /// <summary>
    /// Called in the transaction that stores a new or changed resource, with its row. It stores, for example, due work that follows from
    /// the document.
    /// </summary>
    public Func<Data.ISqlTransaction, Data.ResourceRow, ValueTask>? OnStored { get; init; }

    /// <summary>Sets fields that only the server can set, in the document of a new resource or a clone.</summary>
    public Action<JsonObject>? Prepare { get; init; }

    /// <summary>
    /// Called in the transaction that deletes a resource, before its row is deleted, with the deletion and the time. It deletes rows of
    /// other tables, or stores due work for it.
    /// </summary>
    public Func<Data.ISqlTransaction, Change, DateTimeOffset, ValueTask>? OnRemoval { get; init; }

    /// <summary>The columns of other tables that hold ids of resources of this kind.</summary>
    public IReadOnlyList<Data.ResourceColumn> NamedBy { get; init; } = [];

    /// <summary>The records of the kind. Metadata of their members is loaded after the start.</summary>
    public abstract ResourceTypes Types { get; }

    public JsonTypeInfo ItemType => field ??= ChatBotKitJson.ServerOptions.GetTypeInfo(Types.Item);

    /// <summary>The item without the members that are columns of its row.</summary>
    public JsonTypeInfo StoredType => field ??= ResourceFields.StoredTypeOf(Types.Item);

    public JsonTypeInfo CreateType => field ??= ChatBotKitJson.ServerOptions.GetTypeInfo(Types.Create);

    public JsonTypeInfo UpdateType => field ??= ChatBotKitJson.ServerOptions.GetTypeInfo(Types.Update);

    /// <summary>The properties that are derived from the declaration.</summary>
    public ResourceFields Fields => field ??= new ResourceFields(this);

    /// <summary>Reads the body of a create request.</summary>
    public abstract ValueTask<ResourceBody> ReadCreateAsync(HttpContext context);

    /// <summary>Reads the body of an update request.</summary>
    public abstract ValueTask<ResourceBody> ReadUpdateAsync(HttpContext context);

    /// <summary>Reads the fields of a create or update request from JSON that is already parsed, as strictly as a body.</summary>
    /// <exception cref="Errors.ApiException">400: the JSON does not fit the record.</exception>
    public abstract JsonObject ReadFields(JsonObject body, bool isUpdate);

    /// <summary>Checks the document as an item, and returns it as it is stored.</summary>
    /// <exception cref="JsonException">The document is not a valid item: the declaration does not fit the records.</exception>
    public abstract byte[] Check(JsonObject document, ResourceCheck check);

    /// <summary>Whether the resource has expired, so that it no longer exists for its owner.</summary>
    public bool IsExpired(Data.ResourceRow row, DateTimeOffset now) =>
        ExpiresBy is { } field && (long?)ResourceEdit.Read(row.Data)[field] <= now.ToUnixTimeMilliseconds();

    /// <summary>Returns the name of a kind for sentences.</summary>
    public static string TitleOf(string name)
    {
        var words = string.Join(' ', name.Split('.').Reverse());
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}

/// <summary>The records of a kind in requests and responses.</summary>
/// <param name="Item">The response of fetch.</param>
/// <param name="List">The response of list.</param>
/// <param name="Create">The body of create.</param>
/// <param name="Update">The body of update.</param>
internal sealed record ResourceTypes(Type Item, Type List, Type Create, Type Update);

/// <summary>The body of a request: the fields that it sets, with null for those that it clears.</summary>
/// <param name="Fields">The fields, under the names of the records.</param>
/// <param name="Hash">The hash of the bytes; null without an idempotency key.</param>
internal sealed record ResourceBody(JsonObject Fields, byte[]? Hash);

/// <summary>The context of the check of an item that is about to be stored.</summary>
/// <param name="Faults">The faults, to which the check adds.</param>
/// <param name="Services">The services of the server.</param>
/// <param name="Changed">The fields that the request sets.</param>
internal sealed record ResourceCheck(Errors.Faults Faults, IServiceProvider Services, IReadOnlySet<string> Changed);
