using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The file that was added.</summary>
public sealed record AttachmentUploadResponse : ApiObject
{
    /// <summary>Gets the id of the file.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name of the stored file.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the request that uploads the bytes; null when the server has them already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? UploadRequest { get; init; }

    /// <summary>Gets the request that reads the bytes; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? DownloadRequest { get; init; }
}

/// <summary>A request whose address grants access, so that it needs no credential.</summary>
public sealed record PresignedRequest : ApiObject
{
    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the address, valid for a day.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "Signed addresses must be sent exactly as they came.")]
    public required string Url { get; init; }

    /// <summary>Gets the headers that must be sent.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Writes the request without the query of its address, which grants access.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Method = {Method}, Url = {Url?.Split('?')[0]}");
        return true;
    }
}
