using System.Text;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Terraform;

/// <summary>A blueprint as a file for Terraform.</summary>
internal sealed class TerraformAnswer(ResourceKind blueprintKind, BlueprintContents contents) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, blueprint) = (httpContext.Response, contents.Blueprint);
        var body = Encoding.UTF8.GetBytes(TerraformExport.Write(blueprintKind, contents));
        response.ContentType = $"{TerraformExport.MediaType}; charset=utf-8";
        // An alias has only letters, digits, hyphens and underscores.
        response.Headers.ContentDisposition = $"attachment; filename=\"{blueprint.Key ?? blueprint.Id}.tf\"";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}
