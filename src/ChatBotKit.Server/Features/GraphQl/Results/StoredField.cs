using System.Text;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;
using GraphQL.Types;

namespace ChatBotKit.Server.Features.GraphQl.Results;

/// <summary>The form that the value of a field has in the stored document.</summary>
internal enum StoredForm
{
    /// <summary>The id of the row, which is not part of the document.</summary>
    Id,

    /// <summary>The time at which the row was created.</summary>
    CreatedAt,

    /// <summary>The time of the last change of the row.</summary>
    UpdatedAt,

    /// <summary>Text. A value of another type counts as none.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>JSON of any form.</summary>
    Json,
}

/// <summary>A field whose value is a part of the row or of its document, so that it can be copied without a resolver.</summary>
internal sealed class StoredField : FieldType
{
    public StoredField(string name, StoredForm form) => (Name, Form, Utf8Name) = (name, form, Encoding.UTF8.GetBytes(name));

    public StoredForm Form { get; }

    /// <summary>The name of the member of the document.</summary>
    public byte[] Utf8Name { get; }

    public bool IsInDocument => Form >= StoredForm.Text;

    /// <summary>Returns the form of a member of a document.</summary>
    /// <param name="name">The name of the member.</param>
    /// <param name="type">Its type, which is not nullable.</param>
    public static StoredForm FormOf(string name, Type type) => name switch
    {
        ResourceFields.Id => StoredForm.Id,
        ResourceFields.CreatedAt => StoredForm.CreatedAt,
        ResourceFields.UpdatedAt => StoredForm.UpdatedAt,
        _ when type == typeof(string) || OpenStrings.ValuesOf(type) is not null => StoredForm.Text,
        _ when type == typeof(bool) => StoredForm.Flag,
        _ when type == typeof(int) || type == typeof(long) || type == typeof(DateTimeOffset) => StoredForm.Integer,
        _ when type == typeof(double) => StoredForm.Number,
        _ => StoredForm.Json,
    };
}
