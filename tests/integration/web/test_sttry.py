import schemathesis, time
from hypothesis import settings, HealthCheck, given, Phase
def test_x(app, municipality, caller, ids):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    c = caller(municipality, municipality.coordinator)
    for r in schema.get_all_operations():
        op=r.ok()
        print(op.method, op.path, op.definition.raw.get("operationId"))
        strat=op.as_strategy()
        t=time.time(); n=[]
        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True, phases=[Phase.generate])
        @given(case=strat)
        def run(case):
            case.path_parameters["tenant"]=municipality.tenant.slug
            resp=case.call(headers={"Authorization":"Bearer "+c.token})
            n.append(resp.status_code)
        run(); print(n, time.time()-t)
