namespace ChatBotKit.Server.Hosting;

/// <summary>
/// The services that describe the API. They are separate from those of the server and exist only while the document is made: a server whose
/// description nobody requests does not load the framework's libraries for it, which take several megabytes.
/// </summary>
/// <param name="server">The services of the server. The description needs them to tell the services among the parameters of a handler.</param>
internal sealed class SpecServices(IServiceCollection server)
{
    /// <summary>Creates the services. The caller disposes them.</summary>
    /// <param name="routes">The routes to describe.</param>
    public ServiceProvider Build(EndpointDataSource routes)
    {
        IServiceCollection services = new ServiceCollection();
        foreach (var service in server)
            services.Add(service);
        services.AddSingleton(routes);
        services.AddOpenApi(options =>
        {
            options.CreateSchemaReferenceId = SchemaShapes.NameOf;
            options.AddSchemaTransformer(SchemaShapes.ApplyAsync);
            options.AddOperationTransformer(OperationDetails.ApplyAsync);
            options.AddDocumentTransformer(SpecDocument.ApplyAsync);
        });
        return services.BuildServiceProvider();
    }
}
