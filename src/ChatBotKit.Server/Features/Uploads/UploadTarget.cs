using ChatBotKit.Server.Data;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>The place of an upload. It is found before the body is received, and the handler takes it from the request.</summary>
/// <param name="Resource">The resource, which belongs to the caller.</param>
/// <param name="Path">The path within the resource.</param>
/// <param name="Room">The limit of the account; null for none.</param>
internal sealed record UploadTarget(ResourceRow Resource, string Path, IByteBudget? Room)
{
    public static UploadTarget Of(HttpContext context) => context.Features.GetRequiredFeature<UploadTarget>();
}
