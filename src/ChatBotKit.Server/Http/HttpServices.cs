using Microsoft.AspNetCore.Cors.Infrastructure;

namespace ChatBotKit.Server.Http;

internal static class HttpServices
{
    /// <summary>Adds the services of this folder.</summary>
    public static IServiceCollection AddApiHttp(this IServiceCollection services)
    {
        services.AddSingleton(provider => BodyOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddCors();
        services.AddSingleton<ICorsPolicyProvider, CorsPolicies>();
        services.AddSingleton<ICorsService, SessionCors>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<BodyGate>();
        // A parameter that can't be bound causes an exception, so that it gets an error body like every other error.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ServerJson.Apply(options.SerializerOptions));
        return services;
    }
}
