"use strict";
// Requests to the JSON API.

class APIError extends Error {
  constructor(status, text) { super(text); this.status = status; }
}

function headers(accept, ownToken = token.get()) {
  const fields = { Accept: accept };
  if (ownToken) fields.Authorization = `Bearer ${ownToken}`;
  return fields;
}

async function failure(response) {
  const problem = await response.json().catch(() => ({}));
  return new APIError(response.status, problem.detail ?? `the server returned status ${response.status}`);
}

async function fetchAPI(path, options = {}) {
  const mine = generation;
  const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), headers: headers("application/json"), ...options });
  if (response.ok) return response;
  const error = await failure(response);
  if (error.status === 401 && mine === generation) requireToken(error.message);
  throw error;
}

const json = async (path) => (await fetchAPI(path)).json();
const sentence = (error) => (error instanceof APIError ? `${error.message[0].toUpperCase()}${error.message.slice(1)}.` : "mip-mibd does not answer.");
