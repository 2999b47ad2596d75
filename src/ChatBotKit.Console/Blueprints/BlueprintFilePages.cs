using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Blueprints;

/// <summary>The files of a blueprint: its exports, and their import.</summary>
internal static class BlueprintFilePages
{
    /// <summary>The maximum size of a file to import, which is read into memory. The API has a limit of its own.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>An object with a name twice has no meaning.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void MapBlueprintFiles(this IEndpointRouteBuilder routes)
    {
        routes.Show("/blueprints/{blueprintId}/export", ExportAsync);
        routes.Show("/blueprints/{blueprintId}/terraform", page => Task.FromResult(ExportTerraform(page)));
        // The page of an import that was refused has this address. Opened again, as after a sign-in, it shows the blueprint.
        routes.Show("/blueprints/{blueprintId}/import", page => BlueprintPages.ShowAsync(page));
        routes.Act("/blueprints/{blueprintId}/import", ImportAsync).WithMetadata(TakesFiles.Instance);
    }

    private static async Task<IResult> ExportAsync(Page page)
    {
        var id = page.Value("blueprintId");
        var resources = (await page.Api.Blueprint.ExportResourcesAsync(id, page.Aborted)).Resources;
        var file = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["resources"] = resources }, Indented);
        return Results.Bytes(file, "application/json", $"blueprint-{id}.json");
    }

    private static IResult ExportTerraform(Page page)
    {
        var id = page.Value("blueprintId");
        return Results.Stream(body => page.Api.Blueprint.ExportResourcesTerraformAsync(id, body, page.Aborted), "application/terraform+hcl", $"blueprint-{id}.tf");
    }

    private static async Task<IResult> ImportAsync(Page page)
    {
        var id = page.Value("blueprintId");
        if ((await page.FormAsync()).Files is not [{ Length: > 0 } file, ..])
            return await RefuseAsync("Choose a file that is not empty.");
        if (file.Length > MaxBytes)
            return await RefuseAsync($"The file is larger than {Sizes.Of(MaxBytes)}.");
        try
        {
            if (await ReadAsync(file, page.Aborted) is not { } resources)
                return await RefuseAsync("The file is no export of a blueprint: it has no object \"resources\".");
            await page.Api.Blueprint.ImportResourcesAsync(id, new() { Resources = resources }, page.Aborted);
            return page.Go($"/blueprints/{id}", "imported");
        }
        catch (JsonException exception)
        {
            return await RefuseAsync($"The file is not JSON. {exception.Message}");
        }
        catch (ChatBotKitException exception) when (Failures.KeepsForm(exception))
        {
            return await BlueprintPages.ShowAsync(page, Refusal.Of(exception));
        }

        Task<IResult> RefuseAsync(string message) =>
            BlueprintPages.ShowAsync(page, new Refusal(new Failure(StatusCodes.Status400BadRequest, message), []));
    }

    /// <summary>Reads the resources of an export; null when the file has none.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    private static async Task<JsonObject?> ReadAsync(IFormFile file, CancellationToken token)
    {
        await using var content = file.OpenReadStream();
        return await JsonNode.ParseAsync(content, documentOptions: Strict, cancellationToken: token) is JsonObject root ? root["resources"] as JsonObject : null;
    }
}
