using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>Describes where the bytes of a file are.</summary>
public sealed record SpaceStorageDownloadResponse : ApiObject
{
    /// <summary>Gets the id of the file, which follows from the path.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the address, good for a short time; its query is a permission, so no credential is needed.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "Signed addresses must be sent exactly as they came.")]
    public required string Url { get; init; }

    /// <summary>Writes the answer without the query of its address, which is a permission.</summary>
    /// <param name="builder">What <see cref="object.ToString"/> is made of.</param>
    /// <returns>True: something was written.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Url = {Url?.Split('?')[0]}");
        return true;
    }
}
