using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Server.Resources;

/// <summary>
/// The declaration of a kind of resources, from which the kit makes its routes, checks, lists and storage. Fields that all kinds
/// have in common, such as <c>alias</c>, <c>name</c>, <c>blueprintId</c>, <c>visibility</c> and <c>meta</c>, need no declaration.
/// </summary>
/// <param name="name">The name in the store, in events and in messages, such as <c>bot</c> or <c>integration.slack</c>.</param>
/// <param name="path">The path of its operations, such as <c>/bot</c> or <c>/skillset/{skillsetId}/ability</c>.</param>
internal abstract class ResourceKind(string name, string path)
{
    /// <summary>The kind that resources of most other kinds can be a part of.</summary>
    public const string Blueprint = "blueprint";

    public string Name => name;

    public string Path => path;

    /// <summary>The name in sentences: <c>Bot</c>, <c>Slack integration</c>.</summary>
    public string Title { get; } = TitleOf(name);

    /// <summary>The kind that resources of this one are part of; null for most.</summary>
    public string? Parent { get; init; }

    /// <summary>The parameter of <see cref="Path"/> that names the parent, which is also the item's field if it has one.</summary>
    public string? ParentParameter { get; } = path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? path[(at + 1)..path.IndexOf('}', StringComparison.Ordinal)] : null;

    /// <summary>Whether <see cref="ParentParameter"/> names a user of the caller, to whose account the resources belong.</summary>
    public bool IsOfUser { get; init; }

    /// <summary>Whether create answers with the whole item, and not with its id alone.</summary>
    public bool IsAnsweredWhole { get; init; }

    /// <summary>The field by which a resource can be named besides its id, unique among those of its owner; null for none.</summary>
    public string? KeyField { get; init; } = "alias";

    /// <summary>The fields that name other resources, besides <c>blueprintId</c>.</summary>
    public IReadOnlyList<ResourceReference> References { get; init; } = [];

    /// <summary>The fields that hold credentials.</summary>
    public IReadOnlyList<ResourceSecret> Secrets { get; init; } = [];

    /// <summary>What fields are when a request does not set them, or sets them to null.</summary>
    public JsonObject Defaults { get; init; } = [];

    /// <summary>The largest sizes of texts and free JSON in bytes; without an entry it is 65,535, and 191 for <c>name</c>.</summary>
    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>();

    /// <summary>Fields besides references by whose value lists can be narrowed.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Other names of fields in requests, with the names that they stand for.</summary>
    public IReadOnlyDictionary<string, string> OtherNames { get; init; } = new Dictionary<string, string>();

    /// <summary>A field whose value no two resources of the whole deployment share; the schema has an index that holds it. Null for none.</summary>
    public string? UniqueField { get; init; }

    /// <summary>Fields of requests that are taken and change nothing.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Fields that a clone does not have, besides alias, blueprint, visibility and credentials.</summary>
    public IReadOnlyList<string> LostByClone { get; init; } = [];

    /// <summary>Operations of the published API that this kind does otherwise, or not at all.</summary>
    public IReadOnlyList<ResourceVerb> Except { get; init; } = [];

    /// <summary>Gives the fields of a document the form in which they are stored, before it is checked.</summary>
    public Action<JsonObject>? Normalize { get; init; }

    /// <summary>Sets the fields that only the server can, in the document of a new resource; also of a clone.</summary>
    public Action<JsonObject>? Prepare { get; init; }

    /// <summary>The columns of other tables that name resources of this kind.</summary>
    public IReadOnlyList<Data.ResourceColumn> NamedBy { get; init; } = [];

    /// <summary>The records of the wire. What is known of their members is asked for later than at the start.</summary>
    public abstract ResourceTypes Types { get; }

    public JsonTypeInfo ItemType => field ??= ChatBotKitJson.ServerOptions.GetTypeInfo(Types.Item);

    /// <summary>The item without the members that are columns of its row.</summary>
    public JsonTypeInfo StoredType => field ??= ResourceFields.StoredTypeOf(Types.Item);

    public JsonTypeInfo CreateType => field ??= ChatBotKitJson.ServerOptions.GetTypeInfo(Types.Create);

    public JsonTypeInfo UpdateType => field ??= ChatBotKitJson.ServerOptions.GetTypeInfo(Types.Update);

    /// <summary>What the kit derives from the declaration.</summary>
    public ResourceFields Fields => field ??= new ResourceFields(this);

    /// <summary>Reads the body of a create request.</summary>
    public abstract ValueTask<ResourceBody> ReadCreateAsync(HttpContext context);

    /// <summary>Reads the body of an update request.</summary>
    public abstract ValueTask<ResourceBody> ReadUpdateAsync(HttpContext context);

    /// <summary>Reads the document as an item, checks that, and gives the document as it is stored.</summary>
    /// <exception cref="JsonException">The document is no item: the declaration does not fit the records.</exception>
    public abstract byte[] Check(JsonObject document, ResourceCheck check);

    /// <summary>The name of a kind in sentences.</summary>
    public static string TitleOf(string name)
    {
        var words = string.Join(' ', name.Split('.').Reverse());
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}

/// <summary>The wire records of a kind.</summary>
/// <param name="Item">What fetch answers with.</param>
/// <param name="List">What list answers with.</param>
/// <param name="Create">The body of create.</param>
/// <param name="Update">The body of update.</param>
internal sealed record ResourceTypes(Type Item, Type List, Type Create, Type Update);

/// <summary>A body of a request: the fields that it sets, with null for those that it clears.</summary>
/// <param name="Fields">The fields under the names of the records.</param>
/// <param name="Hash">The hash of the bytes; null without an idempotency key.</param>
internal sealed record ResourceBody(JsonObject Fields, byte[]? Hash);

/// <summary>Given to the check of an item that is about to be stored.</summary>
/// <param name="Faults">Takes what is wrong with it.</param>
/// <param name="Services">The services of the server.</param>
/// <param name="Changed">The fields that the request sets.</param>
internal sealed record ResourceCheck(Errors.Faults Faults, IServiceProvider Services, IReadOnlySet<string> Changed);
